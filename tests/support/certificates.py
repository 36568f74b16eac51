# certificates.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Certificates for tests, good and bad, made by openssl."""

import pathlib
import subprocess
import tempfile

KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

CONFIG = """
[ca]
default_ca = it
[it]
new_certs_dir = {folder}
database = {folder}/index
serial = {folder}/serial
default_md = sha256
unique_subject = no
policy = any
[any]
commonName = supplied
"""


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], capture_output=True, check=True)


class Authority:
    """Issues certificates; its own is in "file"."""

    def __init__(self, name):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.file = self.folder / "authority.pem"
        self.key = self.folder / "authority-key.pem"
        self.config = self.folder / "config"
        self.config.write_text(CONFIG.format(folder=self.folder), encoding="utf-8")
        (self.folder / "index").touch()
        (self.folder / "serial").write_text("01\n", encoding="utf-8")
        openssl("req", "-x509", *KEY, "-keyout", self.key, "-out", self.file, "-days", "30", "-subj", f"/CN={name}")

    def issue(self, names, start="20200101000000Z", end="20491231235959Z"):
        """The settings of a server that has a certificate for these names."""
        at = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        extensions = at / "extensions"
        extensions.write_text(f"subjectAltName={names}\n", encoding="utf-8")
        openssl("req", "-new", *KEY, "-keyout", at / "key.pem", "-out", at / "request.pem", "-subj", "/CN=tracker")
        openssl("ca", "-batch", "-config", self.config, "-cert", self.file, "-keyfile", self.key, "-startdate", start,
                "-enddate", end, "-extfile", extensions, "-notext", "-in", at / "request.pem", "-out",
                at / "certificate.pem")
        return {"certificate": at / "certificate.pem", "key": at / "key.pem"}
