/* cm-sdn-message.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-time.h"

G_BEGIN_DECLS

typedef enum
{
  CM_SDN_OTHER,
  CM_SDN_INVITE,
  CM_SDN_START,
  CM_SDN_UPDATE,
  CM_SDN_ENDED,
  CM_SDN_BYE,
} CmSdnKind;

/**
 * CmSdnSignal:
 * @media: the media's name: "audio"; empty where none is named
 * @from: (nullable): one end
 * @to: (nullable): the other one
 * @bandwidth: the largest that is named, bit/s; -1 where none is
 * @status: the ms-diagnostics id, or 0
 */
typedef struct
{
  CmSdnKind  kind;
  char      *media;
  char      *from;
  char      *to;
  gint64     bandwidth;
  guint32    status;
} CmSdnSignal;

/**
 * CmSdnMessage:
 * @at: ms UTC; %CM_TIME_NONE where there is none that can be read
 *
 * One LyncDiagnostics document: what one POST carries.
 */
typedef struct
{
  char      *call;
  char      *conference;
  gint64     at;
  GPtrArray *signals;
} CmSdnMessage;

CmSdnMessage *cm_sdn_message_new_from_xml (const char    *bytes,
                                           gsize          size,
                                           GError       **error);
void          cm_sdn_message_free         (CmSdnMessage  *self);
gsize         cm_sdn_find_document        (const char    *bytes,
                                           gsize          size,
                                           gsize         *start);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmSdnMessage, cm_sdn_message_free)

G_END_DECLS
