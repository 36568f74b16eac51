/* snapshot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* snapshot FILE: how long the messages of a snapshot, each with its length before it,
 * take into a client's model, and how long their bytes take to be copied; in ms, the
 * medians of 5. */

#include <string.h>

#include "model/cm-conversation-list.h"
#include "watch/remote/cm-remote-documents.h"

#define TURNS 5

static void
show (const char       *id,
      const CmDocument *before,
      const CmDocument *after,
      gpointer          user_data)
{
  cm_conversation_list_update (user_data, cm_document_ref (after));
}

/* Returns: µs */
static double
take (const char *bytes,
      gsize       size,
      double     *documents_time)
{
  g_autoptr (CmRemoteDocuments) documents = cm_remote_documents_new ();
  g_autoptr (CmConversationList) list = cm_conversation_list_new ();
  gint64 begin = g_get_monotonic_time ();

  for (gsize place = 0; place < size;)
    {
      g_auto (CmRemoteMessage) message = { 0 };
      guint32 length;

      memcpy (&length, bytes + place, sizeof length);
      if (!cm_remote_documents_read (documents, bytes + place + sizeof length, length, &message))
        g_error ("A message could not be read");
      place += sizeof length + length;
    }

  *documents_time = (double) (g_get_monotonic_time () - begin);
  cm_remote_documents_tell (documents, G_MAXUINT, show, list);
  cm_conversation_list_commit (list);

  return (double) (g_get_monotonic_time () - begin);
}

static double
copy (const char *bytes,
      gsize       size)
{
  gint64 begin = g_get_monotonic_time ();
  g_autofree char *other = g_malloc (size);

  memcpy (other, bytes, size);
  /* The copy is looked at, so that there is one. */
  if (memchr (other, 1, 1) == other)
    g_print (" ");

  return (double) (g_get_monotonic_time () - begin);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const double *first = a;
  const double *second = b;

  return (*first > *second) - (*first < *second);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *bytes = NULL;
  double taken[TURNS], documents[TURNS], copied[TURNS];
  gsize size;

  if (argc != 2 || !g_file_get_contents (argv[1], &bytes, &size, NULL))
    {
      g_printerr ("Usage: snapshot FILE\n");
      return 2;
    }

  for (guint i = 0; i < TURNS; i++)
    {
      copied[i] = copy (bytes, size);
      taken[i] = take (bytes, size, &documents[i]);
    }

  qsort (taken, TURNS, sizeof *taken, compare);
  qsort (documents, TURNS, sizeof *documents, compare);
  qsort (copied, TURNS, sizeof *copied, compare);
  g_print ("%.1f %.1f %.1f\n", copied[TURNS / 2] / 1000, documents[TURNS / 2] / 1000,
           taken[TURNS / 2] / 1000);
  return 0;
}
