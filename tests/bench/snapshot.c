/* snapshot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* snapshot FILE: what work it is to take the messages of a snapshot, each with its length
 * before it, into a client's model, and what work to copy their bytes; ms of processor
 * time, as others run beside. A client does it once, when it starts, so each is done once:
 * either is written to memory that nobody has touched before. */

#include <string.h>
#include <time.h>

#include "model/cm-conversation-list.h"
#include "watch/remote/cm-remote-documents.h"

static void
show (const char       *id,
      const CmDocument *before,
      const CmDocument *after,
      gpointer          user_data)
{
  cm_conversation_list_update (user_data, cm_document_ref (after));
}

/* Returns: ms */
static double
get_busy (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &spent);

  return (double) spent.tv_sec * 1e3 + (double) spent.tv_nsec / 1e6;
}

/* Returns: ms */
static double
take (const char *bytes,
      gsize       size,
      double     *documents_time)
{
  g_autoptr (CmRemoteDocuments) documents = cm_remote_documents_new ();
  g_autoptr (CmConversationList) list = cm_conversation_list_new ();
  double begin = get_busy ();

  for (gsize place = 0; place < size;)
    {
      g_auto (CmRemoteMessage) message = { 0 };
      guint32 length;

      memcpy (&length, bytes + place, sizeof length);
      if (!cm_remote_documents_read (documents, bytes + place + sizeof length, length, &message))
        g_error ("A message could not be read");
      place += sizeof length + length;
    }

  *documents_time = get_busy () - begin;
  cm_remote_documents_tell (documents, G_MAXUINT, show, list);
  cm_conversation_list_commit (list);

  return get_busy () - begin;
}

static double
copy (const char *bytes,
      gsize       size)
{
  double begin = get_busy ();
  g_autofree char *other = g_malloc (size);

  memcpy (other, bytes, size);
  /* The copy is looked at, so that there is one. */
  if (memchr (other, 1, 1) == other)
    g_print (" ");

  return get_busy () - begin;
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *bytes = NULL;
  double taken, documents, copied;
  gsize size;

  if (argc != 2 || !g_file_get_contents (argv[1], &bytes, &size, NULL))
    {
      g_printerr ("Usage: snapshot FILE\n");
      return 2;
    }

  copied = copy (bytes, size);
  taken = take (bytes, size, &documents);
  g_print ("%.1f %.1f %.1f\n", copied, documents, taken);

  return 0;
}
