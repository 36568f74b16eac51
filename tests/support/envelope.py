# envelope.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Microsoft Graph encrypts and signs, made by the openssl program."""

import base64
import hashlib
import hmac
import json
import os
import pathlib
import subprocess
import tempfile
import time

PUBLISHER = "0bf30f3b-4a52-48df-9a82-234910c4a086"


def openssl(*arguments, data=b""):
    return subprocess.run(["openssl", *map(str, arguments)], input=data, capture_output=True, check=True).stdout


def part(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Key:
    """An RSA key: its file is the private one."""

    def __init__(self, kid="k1"):
        self.kid, self.file = kid, pathlib.Path(tempfile.mkdtemp()) / "key.pem"
        self.file.write_bytes(openssl("genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"))
        self.file.chmod(0o600)

    def seal(self, text, secret=None):
        """The "encryptedContent" of a notification."""
        secret = secret or os.urandom(32)
        data = openssl("enc", "-aes-256-cbc", "-K", secret.hex(), "-iv", secret[:16].hex(), data=text.encode())
        wrapped = openssl("pkeyutl", "-encrypt", "-inkey", self.file, "-pkeyopt", "rsa_padding_mode:oaep",
                          "-pkeyopt", "rsa_oaep_md:sha1", "-pkeyopt", "rsa_mgf1_md:sha1", data=secret)
        return {"data": base64.b64encode(data).decode(), "dataKey": base64.b64encode(wrapped).decode(),
                "dataSignature": base64.b64encode(hmac.new(secret, data, hashlib.sha256).digest()).decode(),
                "encryptionCertificateId": "mine", "encryptionCertificateThumbprint": "00"}

    def public(self):
        """As a JSON Web Key."""
        modulus = openssl("rsa", "-in", self.file, "-noout", "-modulus").decode().strip().removeprefix("Modulus=")
        return {"kty": "RSA", "use": "sig", "kid": self.kid, "n": part(bytes.fromhex(modulus)), "e": "AQAB"}

    def sign(self, algorithm="RS256", **claims):
        """A JWT such as Graph sends with what it encrypts."""
        whole = {"iss": "https://sts.windows.net/t1/", "tid": "t1", "appid": PUBLISHER, "nbf": int(time.time()) - 60,
                 "exp": int(time.time()) + 3600, **claims}
        head = json.dumps({"typ": "JWT", "alg": algorithm, "kid": self.kid}).encode()
        text = f"{part(head)}.{part(json.dumps(whole).encode())}"
        return f"{text}.{part(openssl('dgst', '-sha256', '-sign', self.file, data=text.encode()))}"
