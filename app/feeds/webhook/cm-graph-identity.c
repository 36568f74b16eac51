/* cm-graph-identity.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-graph-identity.h"

#include "core/cm-event.h"
#include "feeds/decode/cm-record-json.h"

/* A member under either of the spellings that Graph has for it. */
JsonObject *
cm_graph_get_either (JsonObject *object,
                     const char *name,
                     const char *other)
{
  JsonObject *member = cm_record_get_object (object, name);

  return member != NULL ? member : cm_record_get_object (object, other);
}

char *
cm_graph_dup_either (JsonObject *object,
                     const char *name,
                     const char *other)
{
  char *text = cm_record_dup_text (object, name);

  return text != NULL ? text : cm_record_dup_text (object, other);
}

/* Returns: (nullable): whoever of a set of identities it is */
JsonObject *
cm_graph_find_identity (JsonObject *set,
                        gboolean   *is_phone)
{
  static const char * const kinds[][2] = {
    { "user", "User" }, { "guest", "Guest" }, { "phone", "Phone" },
    { "azureCommunicationServicesUser", "AzureCommunicationServicesUser" },
    { "encrypted", "Encrypted" }, { "applicationInstance", "ApplicationInstance" },
    { "application", "Application" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      JsonObject *identity = cm_graph_get_either (set, kinds[i][0], kinds[i][1]);

      *is_phone = g_str_equal (kinds[i][0], "phone");
      if (identity != NULL)
        return identity;
    }

  return NULL;
}

char *
cm_graph_dup_address (const char *id,
                      const char *mail,
                      gboolean    is_phone)
{
  if (mail != NULL && strchr (mail, '@') != NULL)
    return g_strconcat ("sip:", mail, NULL);

  return g_strconcat (is_phone ? "tel:" : "teams:", id, NULL);
}

/* Returns: (nullable) (transfer full): the address of whoever of a set of identities
 * it is */
char *
cm_graph_dup_set_address (JsonObject *set)
{
  gboolean is_phone;
  JsonObject *identity = cm_graph_find_identity (set, &is_phone);
  g_autofree char *id = cm_graph_dup_either (identity, "id", "Id");
  g_autofree char *mail = cm_record_dup_text (identity, "userPrincipalName");

  return id != NULL && strlen (id) <= CM_EVENT_MAX_ID ? cm_graph_dup_address (id, mail, is_phone) : NULL;
}
