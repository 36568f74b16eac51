/* cm-settings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-settings.h"

/* Where the compiled schema is while the program is not installed, from the folder
 * of the executable. */
#define BUILT_SCHEMAS "../../data"

static GSettingsSchema *
lookup_built_schema (void)
{
  g_autofree char *executable = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = executable != NULL ? g_path_get_dirname (executable) : NULL;
  g_autofree char *schemas = folder != NULL ? g_build_filename (folder, BUILT_SCHEMAS, NULL) : NULL;
  g_autoptr (GSettingsSchemaSource) source = NULL;

  if (schemas == NULL)
    return NULL;

  source = g_settings_schema_source_new_from_directory (
    schemas, g_settings_schema_source_get_default (), FALSE, NULL);

  return source != NULL ? g_settings_schema_source_lookup (source, APPLICATION_ID, TRUE) : NULL;
}

/**
 * cm_settings_new:
 *
 * GSettings ends the program where the schema is not found, so a program that is run
 * from where it was built looks there.
 *
 * Returns: (transfer full): the user's settings
 */
GSettings *
cm_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APPLICATION_ID, TRUE);
  if (schema == NULL)
    schema = lookup_built_schema ();
  if (schema == NULL)
    g_error ("The settings' schema %s is not installed", APPLICATION_ID);

  return g_settings_new_full (schema, NULL, NULL);
}
