/* cm-graph-content.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-graph-content.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "feeds/decode/cm-record-json.h"
#include "feeds/webhook/cm-base64url.h"

/* While a certificate is changed there are two. */
#define MAX_KEYS 16

/* Of AES-256; its first half is the initialisation vector as well. */
#define SECRET_SIZE 32

struct _CmGraphKeys
{
  GPtrArray *keys; /* EVP_PKEY */
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY_CTX, EVP_PKEY_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD_CTX, EVP_MD_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIGNUM, BN_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OSSL_PARAM_BLD, OSSL_PARAM_BLD_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OSSL_PARAM, OSSL_PARAM_free)

/* Nobody is asked for a password. */
static int
on_password (char *buffer,
             int   size,
             int   writing,
             void *user_data)
{
  return 0;
}

/**
 * cm_graph_keys_new:
 * @pem: RSA keys in PEM, one behind the other, not encrypted themselves
 * @error: where the reason goes
 *
 * Returns: (nullable) (transfer full): the keys
 */
CmGraphKeys *
cm_graph_keys_new (const char  *pem,
                   GError     **error)
{
  g_autoptr(BIO) bio = BIO_new_mem_buf (pem, -1);
  g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) EVP_PKEY_free);
  CmGraphKeys *self;
  EVP_PKEY *key;

  while (keys->len < MAX_KEYS && (key = PEM_read_bio_PrivateKey (bio, NULL, on_password, NULL)) != NULL)
    {
      g_ptr_array_add (keys, key);
      if (!EVP_PKEY_is_a (key, "RSA"))
        g_ptr_array_set_size (keys, (int) keys->len - 1);
    }
  ERR_clear_error ();

  if (keys->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "the private key cannot be read: it must be one of RSA in PEM, without a password");
      return NULL;
    }

  self = g_new (CmGraphKeys, 1);
  self->keys = g_steal_pointer (&keys);

  return self;
}

void
cm_graph_keys_free (CmGraphKeys *self)
{
  g_ptr_array_unref (self->keys);
  g_free (self);
}

static char *
decode (JsonObject *content,
        const char *name,
        gsize      *size)
{
  const char *text = cm_record_get_string (content, name);

  return text != NULL ? cm_base64url_decode (text, size) : NULL;
}

/* RSA with OAEP, SHA-1 and MGF1 (RFC 8017, section 7.1): what Graph uses. */
static gboolean
open_secret (EVP_PKEY     *key,
             const char   *wrapped,
             gsize         size,
             guint8       *secret)
{
  g_autoptr(EVP_PKEY_CTX) context = EVP_PKEY_CTX_new (key, NULL);
  gsize opened_size = (gsize) EVP_PKEY_get_size (key);
  g_autofree guint8 *opened = g_malloc0 (opened_size);
  gboolean is_good = context != NULL && EVP_PKEY_decrypt_init (context) > 0 &&
                     EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_OAEP_PADDING) > 0 &&
                     EVP_PKEY_CTX_set_rsa_oaep_md (context, EVP_sha1 ()) > 0 &&
                     EVP_PKEY_CTX_set_rsa_mgf1_md (context, EVP_sha1 ()) > 0 &&
                     EVP_PKEY_decrypt (context, opened, &opened_size, (const guint8 *) wrapped, size) > 0 &&
                     opened_size == SECRET_SIZE;

  if (is_good)
    memcpy (secret, opened, SECRET_SIZE);
  explicit_bzero (opened, (gsize) EVP_PKEY_get_size (key));
  ERR_clear_error ();

  return is_good;
}

static gboolean
is_whole (const guint8 *secret,
          const char   *data,
          gsize         size,
          const char   *signature,
          gsize         signature_size)
{
  g_autoptr(GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, secret, SECRET_SIZE);
  guint8 digest[32];
  gsize digest_size = sizeof digest;
  guint8 difference = signature_size != sizeof digest;

  g_hmac_update (hmac, (const guint8 *) data, (gssize) size);
  g_hmac_get_digest (hmac, digest, &digest_size);
  for (gsize i = 0; i < digest_size && i < signature_size; i++)
    difference |= (guint8) (digest[i] ^ (guint8) signature[i]);

  return difference == 0;
}

/* AES-256 in CBC mode, padded (RFC 5652, section 6.3). */
static GBytes *
decrypt (const guint8 *secret,
         const char   *data,
         gsize         size)
{
  g_autoptr(EVP_CIPHER_CTX) context = EVP_CIPHER_CTX_new ();
  g_autofree guint8 *text = g_malloc (size + EVP_MAX_BLOCK_LENGTH);
  int used = 0, rest = 0;
  gboolean is_good = context != NULL &&
                     EVP_DecryptInit_ex2 (context, EVP_aes_256_cbc (), secret, secret, NULL) > 0 &&
                     EVP_DecryptUpdate (context, text, &used, (const guint8 *) data, (int) size) > 0 &&
                     EVP_DecryptFinal_ex (context, text + used, &rest) > 0;

  ERR_clear_error ();

  return is_good ? g_bytes_new_take (g_steal_pointer (&text), (gsize) (used + rest)) : NULL;
}

/**
 * cm_graph_keys_open:
 * @self: private keys
 * @content: the "encryptedContent" of a notification (Graph,
 *   "changeNotificationEncryptedContent")
 * @error: why it cannot be opened
 *
 * What was changed on its way is not decrypted.
 *
 * Returns: (nullable) (transfer full): the JSON in it
 */
GBytes *
cm_graph_keys_open (CmGraphKeys  *self,
                    JsonObject   *content,
                    GError      **error)
{
  gsize wrapped_size = 0, data_size = 0, signature_size = 0;
  g_autofree char *wrapped = decode (content, "dataKey", &wrapped_size);
  g_autofree char *data = decode (content, "data", &data_size);
  g_autofree char *signature = decode (content, "dataSignature", &signature_size);
  guint8 secret[SECRET_SIZE];
  GBytes *opened = NULL;

  for (guint i = 0; wrapped != NULL && data != NULL && signature != NULL && i < self->keys->len && opened == NULL; i++)
    {
      if (data_size <= G_MAXINT && open_secret (g_ptr_array_index (self->keys, i), wrapped, wrapped_size, secret) &&
          is_whole (secret, data, data_size, signature, signature_size))
        opened = decrypt (secret, data, data_size);
      explicit_bzero (secret, sizeof secret);
    }

  if (opened == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 "the encrypted content was changed on its way, or is for another private key");

  return opened;
}

static BIGNUM *
read_number (JsonObject *key,
             const char *name)
{
  gsize size = 0;
  g_autofree char *bytes = decode (key, name, &size);

  return bytes != NULL && size > 0 && size <= 1024 ? BN_bin2bn ((const guint8 *) bytes, (int) size, NULL) : NULL;
}

static EVP_PKEY *
read_public_key (JsonObject *key)
{
  g_autoptr(BIGNUM) n = read_number (key, "n");
  g_autoptr(BIGNUM) e = read_number (key, "e");
  g_autoptr(OSSL_PARAM_BLD) builder = OSSL_PARAM_BLD_new ();
  g_autoptr(EVP_PKEY_CTX) context = EVP_PKEY_CTX_new_from_name (NULL, "RSA", NULL);
  g_autoptr(OSSL_PARAM) params = NULL;
  EVP_PKEY *made = NULL;

  if (n == NULL || e == NULL || builder == NULL || context == NULL ||
      OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_RSA_N, n) <= 0 ||
      OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_RSA_E, e) <= 0)
    return NULL;

  params = OSSL_PARAM_BLD_to_param (builder);
  if (params != NULL && EVP_PKEY_fromdata_init (context) > 0)
    EVP_PKEY_fromdata (context, &made, EVP_PKEY_PUBLIC_KEY, params);

  return made;
}

/**
 * cm_graph_is_signed:
 * @key: a public key of RSA as a JSON Web Key (RFC 7517)
 * @text: what was signed
 * @size: how many bytes
 * @signature: RS256 (RFC 7518, section 3.3)
 * @signature_size: how many bytes
 *
 * Returns: whether it was signed with that key
 */
gboolean
cm_graph_is_signed (JsonObject *key,
                    const char *text,
                    gsize       size,
                    const char *signature,
                    gsize       signature_size)
{
  g_autoptr(EVP_PKEY) public_key = read_public_key (key);
  g_autoptr(EVP_MD_CTX) context = EVP_MD_CTX_new ();
  gboolean is_good = public_key != NULL && context != NULL &&
                     EVP_DigestVerifyInit (context, NULL, EVP_sha256 (), NULL, public_key) > 0 &&
                     EVP_DigestVerify (context, (const guint8 *) signature, signature_size, (const guint8 *) text, size) > 0;

  ERR_clear_error ();

  return is_good;
}
