/* cm-systemd.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "service/cm-systemd.h"

#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <unistd.h>

/* The first socket that is handed over, and more than anybody hands over: see
 * sd_listen_fds(3). */
#define FIRST_SOCKET 3
#define MAX_SOCKETS 64

static guint64
get_number (const char *name)
{
  const char *text = g_getenv (name);
  guint64 number;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &number, NULL) ? number : 0;
}

/* "@name" is one without a file. */
static GSocketAddress *
new_address (const char *path)
{
  if (path[0] == '@')
    return g_unix_socket_address_new_with_type (path + 1, -1, G_UNIX_SOCKET_ADDRESS_ABSTRACT);

  return g_unix_socket_address_new (path);
}

static gboolean
on_watchdog (gpointer user_data)
{
  cm_systemd_notify ("WATCHDOG=1");

  return G_SOURCE_CONTINUE;
}

/**
 * cm_systemd_take_sockets:
 * @error: where the reason goes
 *
 * Returns: (nullable) (transfer full) (element-type GSocket): those that the service
 *   manager listens on for us (sd_listen_fds(3)); there may be none. %NULL where one
 *   is not a socket
 */
GPtrArray *
cm_systemd_take_sockets (GError **error)
{
  g_autoptr(GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);
  guint64 n_sockets = get_number ("LISTEN_PID") == (guint64) getpid () ? get_number ("LISTEN_FDS") : 0;

  for (guint i = 0; i < MIN (n_sockets, MAX_SOCKETS); i++)
    {
      GSocket *socket;

      fcntl (FIRST_SOCKET + (int) i, F_SETFD, FD_CLOEXEC);
      socket = g_socket_new_from_fd (FIRST_SOCKET + (int) i, error);
      if (socket == NULL)
        {
          g_prefix_error (error, "what LISTEN_FDS hands over is no socket: ");
          return NULL;
        }
      g_ptr_array_add (sockets, socket);
    }

  g_unsetenv ("LISTEN_PID");
  g_unsetenv ("LISTEN_FDS");
  g_unsetenv ("LISTEN_FDNAMES");

  return g_steal_pointer (&sockets);
}

/**
 * cm_systemd_notify:
 * @state: as in sd_notify(3), which also says how it goes over the wire
 *
 * Tells the service manager how it is. Nothing depends on whether it hears it.
 */
void
cm_systemd_notify (const char *state)
{
  const char *path = g_getenv ("NOTIFY_SOCKET");
  g_autoptr(GSocketAddress) address = NULL;
  g_autoptr(GSocket) socket = NULL;

  if (path == NULL || (path[0] != '/' && path[0] != '@'))
    return;

  address = new_address (path);
  socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  if (socket == NULL)
    return;

  g_socket_set_blocking (socket, FALSE);
  g_socket_send_to (socket, address, state, strlen (state), NULL, NULL);
}

/**
 * cm_systemd_start_watchdog:
 *
 * Says that it is alive, twice as often as it is asked to, for as long as the main
 * loop goes round (sd_watchdog_enabled(3)).
 *
 * Returns: the id of the source, 0 where nobody asks
 */
guint
cm_systemd_start_watchdog (void)
{
  guint64 interval = get_number ("WATCHDOG_USEC");
  guint64 pid = get_number ("WATCHDOG_PID");

  if (interval == 0 || (pid != 0 && pid != (guint64) getpid ()))
    return 0;

  return g_timeout_add ((guint) CLAMP (interval / 2000, 1, G_MAXINT), on_watchdog, NULL);
}
