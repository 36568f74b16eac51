/* cm-pin-tip.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/pin/cm-pin-tip.h"

#include <glib/gi18n.h>

/* What a Wayland desktop has instead of side panels, by what XDG_CURRENT_DESKTOP
 * calls it. */
static const struct
{
  const char *desktop;
  const char *tip;
} tips[] = {
  { "GNOME",
    N_ ("GNOME lets no window keep room for itself. Press Super+Right to give this window half of "
        "the screen, or choose Always on Top in the menu that Alt+Space opens.") },
  { "KDE",
    N_ ("This build cannot keep room for a side panel in Plasma. Press Alt+F3 and choose "
        "Keep Above Others under More Actions.") },
  { "sway",
    N_ ("This build cannot keep room for a side panel in Sway. Give the window a column of its "
        "own: focus it, then press Mod+Shift+Right.") },
};

/**
 * cm_pin_tip_dup:
 * @desktop: (nullable): XDG_CURRENT_DESKTOP, names with colons between
 *
 * Returns: (transfer full): why a window cannot be pinned there, and what to do instead
 */
char *
cm_pin_tip_dup (const char *desktop)
{
  g_auto (GStrv) names = g_strsplit (desktop != NULL ? desktop : "", ":", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (tips); i++)
    {
      for (guint j = 0; names[j] != NULL; j++)
        {
          if (g_ascii_strcasecmp (names[j], tips[i].desktop) == 0)
            return g_strdup (_ (tips[i].tip));
        }
    }

  return g_strdup (_ ("This desktop lets no window of this build keep room for itself. Place the "
                      "window at the edge, and keep it above others where the desktop can."));
}
