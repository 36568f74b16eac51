/* cm-janus-http.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/janus/cm-janus-wire.h"

#include <glib/gi18n.h>

#include "feeds/cm-http.h"

/* So many requests are on their way at a time. */
#define MAX_CONNECTIONS 4

struct _CmJanusHttp
{
  CmJanusWire   parent_instance;

  SoupSession  *session;
  GUri         *uri;
  GCancellable *cancellable;
  guint         opened_id;
};

G_DEFINE_FINAL_TYPE (CmJanusHttp, cm_janus_http, CM_TYPE_JANUS_WIRE)

static gboolean
on_opened (gpointer user_data)
{
  CmJanusHttp *self = user_data;

  self->opened_id = 0;
  cm_janus_wire_opened (CM_JANUS_WIRE (self));

  return G_SOURCE_REMOVE;
}

/* There is no connection to make before the first request. */
static void
cm_janus_http_open (CmJanusWire *wire,
                    const char  *address)
{
  CmJanusHttp *self = CM_JANUS_HTTP (wire);

  self->uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  self->session = soup_session_new_with_options ("max-conns", MAX_CONNECTIONS, "max-conns-per-host", MAX_CONNECTIONS,
                                                 NULL);
  self->opened_id = g_idle_add (on_opened, self);
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(CmJanusHttp) self = user_data;
  CmJanusWire *wire = CM_JANUS_WIRE (self);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = cm_http_send_finish (result, &error);
  guint status = soup_message_get_status (SOUP_MESSAGE (source));
  gsize size;
  const char *bytes;

  if (body == NULL)
    {
      cm_janus_wire_lost (wire, error);
      return;
    }

  if (status != SOUP_STATUS_OK)
    {
      g_autofree char *reason = g_strdup_printf (_("the address answers with HTTP status %u"), status);

      cm_janus_wire_lost_because (wire, reason);
      return;
    }

  bytes = g_bytes_get_data (body, &size);
  cm_janus_wire_received (wire, bytes, size);
}

static void
cm_janus_http_send (CmJanusWire *wire,
                    const char  *bytes,
                    gsize        size)
{
  CmJanusHttp *self = CM_JANUS_HTTP (wire);
  g_autoptr(GBytes) body = g_bytes_new (bytes, size);
  g_autoptr(SoupMessage) message = soup_message_new_from_uri (SOUP_METHOD_POST, self->uri);

  soup_message_set_request_body_from_bytes (message, "application/json", body);
  cm_http_send_async (self->session, message, CM_JANUS_MAX_ANSWER, self->cancellable, on_sent, g_object_ref (self));
}

static void
cm_janus_http_close (CmJanusWire *wire)
{
  CmJanusHttp *self = CM_JANUS_HTTP (wire);

  g_clear_handle_id (&self->opened_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->session != NULL)
    soup_session_abort (self->session);
}

static void
cm_janus_http_finalize (GObject *object)
{
  CmJanusHttp *self = CM_JANUS_HTTP (object);

  g_clear_handle_id (&self->opened_id, g_source_remove);
  g_clear_object (&self->session);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (cm_janus_http_parent_class)->finalize (object);
}

static void
cm_janus_http_class_init (CmJanusHttpClass *klass)
{
  CmJanusWireClass *wire_class = CM_JANUS_WIRE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cm_janus_http_finalize;
  wire_class->open = cm_janus_http_open;
  wire_class->send = cm_janus_http_send;
  wire_class->close = cm_janus_http_close;
}

static void
cm_janus_http_init (CmJanusHttp *self)
{
  self->cancellable = g_cancellable_new ();
}
