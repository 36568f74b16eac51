/* cm-server-config.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-server-config.h"

#include "watch/cm-protocol.h"

/* More than anybody has; each costs a connection. */
#define MAX_FEEDS 1000

typedef enum
{
  KIND_TEXT,
  KIND_PATH,
  KIND_LIST,
  KIND_NUMBER,
} Kind;

/**
 * Entry:
 * @scale: what one of the number's units is, in the unit that is kept
 */
typedef struct
{
  const char *group;
  const char *key;
  Kind        kind;
  gsize       offset;
  guint64     scale;
  guint64     min;
  guint64     max;
} Entry;

#define ENTRY(group, key, kind, member, ...) { group, key, kind, G_STRUCT_OFFSET (CmServerConfig, member), __VA_ARGS__ }

static const Entry entries[] = {
  ENTRY ("server", "socket", KIND_PATH, socket, 0, 0, 0),
  ENTRY ("server", "listen", KIND_TEXT, listen, 0, 0, 0),
  ENTRY ("server", "certificate", KIND_PATH, certificate, 0, 0, 0),
  ENTRY ("server", "key", KIND_PATH, key, 0, 0, 0),
  ENTRY ("server", "client-authority", KIND_PATH, client_authority, 0, 0, 0),
  ENTRY ("server", "max-connections", KIND_NUMBER, max_connections, 1, 1, 100000),
  ENTRY ("access", "tokens", KIND_PATH, tokens, 0, 0, 0),
  ENTRY ("access", "audit", KIND_PATH, audit, 0, 0, 0),
  ENTRY ("access", "internal-domains", KIND_LIST, internal_domains, 0, 0, 0),
  ENTRY ("limits", "requests-per-second", KIND_NUMBER, requests, 1, 0, 1000000),
  ENTRY ("limits", "hooks-per-second", KIND_NUMBER, hooks, 1, 0, 1000000),
  ENTRY ("limits", "source-events-per-second", KIND_NUMBER, source_events, 1, 0, 1000000),
  ENTRY ("watch", "frame-ms", KIND_NUMBER, frame, 1, 1, 10000),
  ENTRY ("watch", "stuck-seconds", KIND_NUMBER, stuck, 1000, 1, 3600),
  ENTRY ("watch", "ring-kib", KIND_NUMBER, ring, 1024, 64, 1024 * 1024),
  ENTRY ("journal", "folder", KIND_PATH, journal, 0, 0, 0),
  ENTRY ("journal", "commit-ms", KIND_NUMBER, commit, 1, 1, 10000),
  ENTRY ("journal", "file-kib", KIND_NUMBER, file_size, 1024, 1, 1024 * 1024),
  ENTRY ("journal", "checkpoint-kib", KIND_NUMBER, checkpoint, 1024, 0, 1024 * 1024),
  ENTRY ("journal", "keep-days", KIND_NUMBER, keep, 24 * 60 * 60 * G_GUINT64_CONSTANT (1000), 0, 36500),
  ENTRY ("journal", "keep-mib", KIND_NUMBER, keep_size, 1024 * 1024, 0, 1024 * 1024 * 1024),
  ENTRY ("tracker", "history-hours", KIND_NUMBER, history, 60 * 60 * 1000, 0, 876000),
  ENTRY ("tracker", "max-ended", KIND_NUMBER, max_ended, 1, 0, 10000000),
};

typedef struct
{
  CmServerConfig          *config;
  const char              *group; /* of the entries, or NULL */
  CmFeedConfig            *feed;  /* whose group it is, or NULL */
  CmServerConfigFaultFunc  func;
  gpointer                 user_data;
  guint                    line;
  gboolean                 ok;
} Reading;

static void G_GNUC_PRINTF (2, 3)
fault (Reading    *self,
       const char *format,
       ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  self->ok = FALSE;
  self->func (self->line, reason, self->user_data);
}

static void
set_number (Reading     *self,
            const Entry *entry,
            const char  *value)
{
  guint64 *member = G_STRUCT_MEMBER_P (self->config, entry->offset);
  guint64 number;

  if (g_ascii_string_to_unsigned (value, 10, entry->min, entry->max, &number, NULL))
    *member = number * entry->scale;
  else
    fault (self, "%s must be a number from %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT ", not “%s”",
           entry->key, entry->min, entry->max, value);
}

static void
set_list (char       ***member,
          const char   *value)
{
  g_clear_pointer (member, g_strfreev);
  *member = g_strsplit_set (value, ", ;", -1);
}

static void
set_value (Reading     *self,
           const Entry *entry,
           const char  *value)
{
  char **text = G_STRUCT_MEMBER_P (self->config, entry->offset);

  if (entry->kind == KIND_NUMBER)
    {
      set_number (self, entry, value);
      return;
    }

  if (value[0] == '\0')
    fault (self, "%s has no value", entry->key);
  else if (entry->kind == KIND_LIST)
    set_list (G_STRUCT_MEMBER_P (self->config, entry->offset), value);
  else if (entry->kind == KIND_PATH && !g_path_is_absolute (value))
    fault (self, "%s must be an absolute path, not “%s”", entry->key, value);
  else
    {
      g_free (*text);
      *text = g_strdup (value);
    }
}

static const Entry *
find_entry (const char *group,
            const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      if (g_str_equal (entries[i].group, group) && (key == NULL || g_str_equal (entries[i].key, key)))
        return &entries[i];
    }

  return NULL;
}

static void
begin_feed (Reading    *self,
            const char *name)
{
  GPtrArray *feeds = self->config->feeds;

  for (guint i = 0; i < feeds->len; i++)
    {
      if (g_str_equal (cm_feed_config_get_name (g_ptr_array_index (feeds, i)), name))
        fault (self, "there is a feed “%s” already", name);
    }

  if (feeds->len >= MAX_FEEDS)
    {
      fault (self, "there are more than %d feeds", MAX_FEEDS);
      return;
    }

  self->feed = cm_feed_config_new (name, self->line);
  g_ptr_array_add (feeds, self->feed);
}

static void
read_group (Reading *self,
            char    *line)
{
  gsize size = strlen (line);
  const Entry *entry;

  self->group = NULL;
  self->feed = NULL;
  if (line[size - 1] != ']')
    {
      fault (self, "a group is written as [name]");
      return;
    }

  line[size - 1] = '\0';
  if (g_str_has_prefix (line + 1, CM_FEED_CONFIG_GROUP))
    {
      begin_feed (self, g_strstrip (line + 1 + strlen (CM_FEED_CONFIG_GROUP)));
      return;
    }

  entry = find_entry (line + 1, NULL);
  if (entry != NULL)
    self->group = entry->group;
  else
    fault (self, "there is no group “%s”", line + 1);
}

static void
read_value (Reading *self,
            char    *line)
{
  char *equals = strchr (line, '=');
  const Entry *entry;

  if (equals == NULL)
    {
      fault (self, "neither a [group] nor key=value");
      return;
    }

  *equals = '\0';
  g_strstrip (line);
  if (self->feed != NULL)
    {
      cm_feed_config_set (self->feed, line, g_strstrip (equals + 1), self->line);
      return;
    }

  if (self->group == NULL)
    {
      /* That of an unknown group is told already. */
      if (self->ok)
        fault (self, "“%s” stands before any [group]", line);
      return;
    }

  entry = find_entry (self->group, line);
  if (entry == NULL)
    {
      fault (self, "there is no “%s” in [%s]", line, self->group);
      return;
    }

  g_hash_table_insert (self->config->lines, (gpointer) entry->key, GUINT_TO_POINTER (self->line));
  set_value (self, entry, g_strstrip (equals + 1));
}

static void
read_line (Reading *self,
           char    *line)
{
  g_strstrip (line);

  if (line[0] == '\0' || line[0] == '#')
    return;

  if (line[0] == '[')
    read_group (self, line);
  else
    read_value (self, line);
}

static void
check_feed (Reading *self,
            guint    position)
{
  CmFeedConfig *feed = g_ptr_array_index (self->config->feeds, position);
  g_autofree char *source = NULL;

  if (!cm_feed_config_check (feed, self->func, self->user_data))
    {
      self->ok = FALSE;
      return;
    }

  source = cm_feed_config_dup_source (feed);
  for (guint i = 0; i < position && self->ok; i++)
    {
      g_autofree char *other = cm_feed_config_dup_source (g_ptr_array_index (self->config->feeds, i));

      if (g_str_equal (source, other))
        fault (self, "two feeds have the source “%s”", source);
    }
}

/* What is wrong with two values together is told where the first of them stands. */
static void
check_together (Reading *self)
{
  CmServerConfig *config = self->config;

  self->line = cm_server_config_get_line (config, "key");
  if (config->key != NULL && config->certificate == NULL)
    fault (self, "there is a key without a certificate");

  self->line = cm_server_config_get_line (config, "client-authority");
  if (config->client_authority != NULL && config->certificate == NULL)
    fault (self, "client-authority= needs a certificate: without TLS nobody shows one");
}

static void
check_listen (Reading *self)
{
  CmServerConfig *config = self->config;
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketAddress) address = cm_server_config_dup_address (config, &error);

  self->line = cm_server_config_get_line (config, "listen");
  if (address == NULL)
    fault (self, "%s", error->message);
  else if (config->certificate == NULL &&
           !g_inet_address_get_is_loopback (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))))
    fault (self, "listen=%s can be reached by others, and needs a certificate", config->listen);
}

static void
check_whole (Reading *self)
{
  self->line = 0;
  for (guint i = 0; i < self->config->feeds->len; i++)
    check_feed (self, i);

  check_together (self);
  if (self->config->listen != NULL)
    check_listen (self);
}

/**
 * cm_server_config_new:
 *
 * Returns: (transfer full): what holds where nothing else is said
 */
CmServerConfig *
cm_server_config_new (void)
{
  CmServerConfig *self = g_new0 (CmServerConfig, 1);

  self->socket = cm_protocol_get_default_path ();
  self->tokens = g_build_filename (g_get_user_config_dir (), "conference-monitor", "tokens", NULL);
  self->feeds = g_ptr_array_new_with_free_func ((GDestroyNotify) cm_feed_config_unref);
  self->lines = g_hash_table_new (g_str_hash, g_str_equal);
  self->frame = 50;
  self->stuck = 30 * 1000;
  self->ring = 8 * 1024 * 1024;
  self->commit = 10;
  self->file_size = 64 * 1024 * 1024;
  self->checkpoint = 4 * 1024 * 1024;
  self->keep = 0;
  self->history = 12 * 60 * 60 * 1000;
  self->max_ended = 10000;
  self->max_connections = 4096;
  self->requests = 1000;
  self->hooks = 1000;
  self->source_events = 0;

  return self;
}

/**
 * cm_server_config_free:
 * @self: (transfer full): a configuration
 */
void
cm_server_config_free (CmServerConfig *self)
{
  g_free (self->socket);
  g_free (self->listen);
  g_free (self->certificate);
  g_free (self->key);
  g_free (self->client_authority);
  g_free (self->tokens);
  g_free (self->audit);
  g_free (self->journal);
  g_strfreev (self->internal_domains);
  g_ptr_array_unref (self->feeds);
  g_hash_table_unref (self->lines);
  g_clear_pointer (&self->sockets, g_ptr_array_unref);
  g_free (self);
}

/**
 * cm_server_config_read:
 * @self: a configuration, to be changed
 * @text: a file's text
 * @func: called with each fault
 * @user_data: for @func
 *
 * Returns: whether there was no fault
 */
gboolean
cm_server_config_read (CmServerConfig          *self,
                       const char              *text,
                       CmServerConfigFaultFunc  func,
                       gpointer                 user_data)
{
  Reading reading = { self, NULL, NULL, func, user_data, 0, TRUE };
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  if (!g_utf8_validate (text, -1, NULL))
    fault (&reading, "it is not UTF-8");
  for (guint i = 0; lines[i] != NULL; i++)
    {
      reading.line = i + 1;
      read_line (&reading, lines[i]);
    }
  check_whole (&reading);

  return reading.ok;
}

/**
 * cm_server_config_get_line:
 * @self: a configuration that was read
 * @key: a key of any of its groups
 *
 * Returns: the line in which its value stands, or 0
 */
guint
cm_server_config_get_line (const CmServerConfig *self,
                           const char           *key)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->lines, key));
}

/**
 * cm_server_config_check_secrets:
 * @self: a configuration without faults
 * @func: called with each secret that cannot be had
 * @user_data: for @func
 *
 * Returns: whether the secrets of all feeds can be read
 */
gboolean
cm_server_config_check_secrets (const CmServerConfig    *self,
                                CmServerConfigFaultFunc  func,
                                gpointer                 user_data)
{
  gboolean ok = TRUE;

  for (guint i = 0; i < self->feeds->len; i++)
    ok = cm_feed_config_check_secrets (g_ptr_array_index (self->feeds, i), func, user_data) && ok;

  return ok;
}

/**
 * cm_server_config_dup_address:
 * @self: a configuration with an address to listen on
 * @error: where the reason goes
 *
 * Returns: (nullable) (transfer full): that address
 */
GSocketAddress *
cm_server_config_dup_address (const CmServerConfig  *self,
                              GError               **error)
{
  const char *colon = strrchr (self->listen, ':');
  g_autofree char *host = NULL;
  GSocketAddress *address = NULL;
  guint64 port;

  if (colon != NULL && g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
    {
      gboolean has_brackets = self->listen[0] == '[' && colon > self->listen && colon[-1] == ']';

      host = g_strndup (self->listen + has_brackets, (gsize) (colon - self->listen) - 2 * has_brackets);
      address = g_inet_socket_address_new_from_string (g_str_equal (host, "localhost") ? "127.0.0.1" : host, (guint) port);
    }

  if (address == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 "listen=%s is not an address and a port, like 127.0.0.1:8085", self->listen);

  return address;
}
