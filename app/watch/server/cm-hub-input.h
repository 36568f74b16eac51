/* cm-hub-input.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/cm-protocol.h"

G_BEGIN_DECLS

/* More than any head has (RFC 6455, section 5.2), and a control frame's payload. */
#define CM_HUB_INPUT_SIZE 256

/**
 * CmHubInput:
 * @skip: bytes of a data frame that are yet to come; a subscriber has nothing to
 *   say
 *
 * What comes from a subscriber.
 */
typedef struct
{
  guint8  bytes[CM_HUB_INPUT_SIZE];
  gsize   used;
  guint64 skip;
} CmHubInput;

/* Returns: %FALSE where the connection is over. */
typedef gboolean (*CmHubInputFunc) (CmFrameKind  kind,
                                    const char  *payload,
                                    gsize        size,
                                    gpointer     user_data);

gboolean cm_hub_input_push (CmHubInput     *self,
                            const guint8   *bytes,
                            gsize           size,
                            CmHubInputFunc  func,
                            gpointer        user_data);

G_END_DECLS
