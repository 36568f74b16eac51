/* cm-decoder.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "core/cm-event.h"

G_BEGIN_DECLS

#define CM_TYPE_DECODER (cm_decoder_get_type ())

G_DECLARE_DERIVABLE_TYPE (CmDecoder, cm_decoder, CM, DECODER, GObject)

/**
 * CmDecoderClass:
 * @record: one record of the system, whole: a line of an NDJSON recording, or
 *   what @split has cut off a stream
 * @split: (nullable): how many bytes at the head of @bytes are one record as the
 *   system itself frames it; 0 where more is needed. Without it every line is a
 *   record.
 * @end: (nullable): nothing more will come
 * @restart: (nullable): the stream begins anew: what was half told is not told
 *   to its end; what is known stays known
 * @announce: (nullable): says all that is known once more, at a time in ms UTC
 * @set_time: (nullable): when what comes next came, ms UTC
 * @recall: (nullable): a conversation goes on, and who is in it: a decoder that is
 *   no more has told so
 * @has_secrets: records may hold passwords: no fault shows a part of one
 *
 * What one system says, turned into event lines. Pure: bytes in, events out; no
 * socket, no clock. A record that makes no sense is told once and skipped.
 */
struct _CmDecoderClass
{
  GObjectClass parent_class;

  void  (* record) (CmDecoder  *self,
                    const char *bytes,
                    gsize       size);
  gsize (* split)  (CmDecoder  *self,
                    const char *bytes,
                    gsize       size);
  void  (* end)    (CmDecoder  *self);
  void  (* restart) (CmDecoder *self);
  void  (* announce) (CmDecoder *self,
                      gint64     at);
  void  (* set_time) (CmDecoder *self,
                      gint64     at);
  void  (* recall)   (CmDecoder          *self,
                      const char         *conversation,
                      const char * const *persons);

  gboolean has_secrets;
};

/* So large may a record be, bytes. */
#define CM_DECODER_MAX_RECORD (4 * 1024 * 1024)

CmDecoder          *cm_decoder_new_for_name (const char         *name,
                                             const char         *source);
const char * const *cm_decoder_get_names    (void);
void                cm_decoder_set_sink     (CmDecoder          *self,
                                             CmEventFunc         event_func,
                                             CmEventFaultFunc    fault_func,
                                             gpointer            user_data);
void                cm_decoder_push         (CmDecoder          *self,
                                             const char         *bytes,
                                             gsize               size);
void                cm_decoder_push_record  (CmDecoder          *self,
                                             const char         *bytes,
                                             gsize               size);
void                cm_decoder_announce     (CmDecoder          *self,
                                             gint64              at);
void                cm_decoder_recall       (CmDecoder          *self,
                                             const char         *conversation,
                                             const char * const *persons);
void                cm_decoder_finish       (CmDecoder          *self);
void                cm_decoder_restart      (CmDecoder          *self);
void                cm_decoder_set_arrival  (CmDecoder          *self,
                                             gint64              arrival);
void                cm_decoder_set_time     (CmDecoder          *self,
                                             gint64              at);

/* For subclasses. */
const char         *cm_decoder_get_source   (CmDecoder          *self);
gint64              cm_decoder_get_arrival  (CmDecoder          *self);
void                cm_decoder_emit         (CmDecoder          *self,
                                             CmEvent            *event);
void                cm_decoder_fault        (CmDecoder          *self,
                                             const char         *reason);
void                cm_decoder_count_unknown (CmDecoder         *self);

G_END_DECLS
