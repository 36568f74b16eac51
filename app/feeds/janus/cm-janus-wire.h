/* cm-janus-wire.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* An answer is never longer, bytes. */
#define CM_JANUS_MAX_ANSWER (4 * 1024 * 1024)

/**
 * CmJanusWireFuncs:
 * @opened: requests can be sent
 * @received: an answer, one JSON value
 * @lost: nothing more comes
 */
typedef struct
{
  void (* opened)   (gpointer      user_data);
  void (* received) (const char   *bytes,
                     gsize         size,
                     gpointer      user_data);
  void (* lost)     (const GError *error,
                     gpointer      user_data);
} CmJanusWireFuncs;

#define CM_TYPE_JANUS_WIRE (cm_janus_wire_get_type ())

G_DECLARE_DERIVABLE_TYPE (CmJanusWire, cm_janus_wire, CM, JANUS_WIRE, GObject)

/**
 * CmJanusWireClass:
 * @open: begins to connect
 * @send: sends one request
 * @close: gives everything up; nothing is told from then on
 *
 * How requests get to Janus and answers back. One wire is one connection: it is not
 * opened again.
 */
struct _CmJanusWireClass
{
  GObjectClass parent_class;

  void (* open)  (CmJanusWire *self,
                  const char  *address);
  void (* send)  (CmJanusWire *self,
                  const char  *bytes,
                  gsize        size);
  void (* close) (CmJanusWire *self);
};

/**
 * CmJanusWireOptions:
 * @address: "http://…", "https://…", "ws://…", "wss://…" or "unix:/PATH"
 * @is_admin: whether it is the address of the Admin API
 * @folder: (nullable): where answers to a datagram socket are waited for
 */
typedef struct
{
  const char *address;
  gboolean    is_admin;
  const char *folder;
} CmJanusWireOptions;

gboolean     cm_janus_wire_check_address (const char                *address,
                                          GError                   **error);
CmJanusWire *cm_janus_wire_new           (const CmJanusWireOptions  *options,
                                          const CmJanusWireFuncs    *funcs,
                                          gpointer                   user_data);
void         cm_janus_wire_open          (CmJanusWire               *self);
void         cm_janus_wire_send          (CmJanusWire               *self,
                                          const char                *bytes,
                                          gsize                      size);
void         cm_janus_wire_close         (CmJanusWire               *self);

/* For subclasses. */
gboolean     cm_janus_wire_is_admin      (CmJanusWire               *self);
const char  *cm_janus_wire_get_folder    (CmJanusWire               *self);
void         cm_janus_wire_opened        (CmJanusWire               *self);
void         cm_janus_wire_received      (CmJanusWire               *self,
                                          const char                *bytes,
                                          gsize                      size);
void         cm_janus_wire_lost          (CmJanusWire               *self,
                                          const GError              *error);
void         cm_janus_wire_lost_because  (CmJanusWire               *self,
                                          const char                *reason);

#define CM_TYPE_JANUS_HTTP (cm_janus_http_get_type ())
#define CM_TYPE_JANUS_WEB_SOCKET (cm_janus_web_socket_get_type ())
#define CM_TYPE_JANUS_UNIX (cm_janus_unix_get_type ())

G_DECLARE_FINAL_TYPE (CmJanusHttp, cm_janus_http, CM, JANUS_HTTP, CmJanusWire)
G_DECLARE_FINAL_TYPE (CmJanusWebSocket, cm_janus_web_socket, CM, JANUS_WEB_SOCKET, CmJanusWire)
G_DECLARE_FINAL_TYPE (CmJanusUnix, cm_janus_unix, CM, JANUS_UNIX, CmJanusWire)

G_END_DECLS
