/* cm-contact.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-pack.h"

G_BEGIN_DECLS

/**
 * CmContact:
 * @address: normalised, see cm_address_normalize(); the whole book shares it
 * @availability: as published, or -1
 * @activity: (nullable): as published
 * @legs: (element-type CmTrackedLeg): the legs that list this person
 * @touched: the tracker's time when a source named this person last, ms UTC
 * @idle: the book's own: it waits to be forgotten
 *
 * One person, whichever source names him: persons are compared by pointer.
 */
typedef struct
{
  char      *address;   /* GRefString */
  gint64     availability;
  char      *activity;  /* GRefString */
  GPtrArray *legs;
  gint64     touched;
  gboolean   idle;
} CmContact;

typedef struct _CmContactBook CmContactBook;

CmContactBook *cm_contact_book_new     (guint          max_contacts);
void           cm_contact_book_free    (CmContactBook *self);
CmContact     *cm_contact_book_get     (CmContactBook *self,
                                        CmText         uri,
                                        gint64         now);
CmContact     *cm_contact_book_find    (CmContactBook *self,
                                        const char    *address);
void           cm_contact_book_release (CmContactBook *self,
                                        CmContact     *contact,
                                        gpointer       leg);
guint          cm_contact_book_get_n   (CmContactBook *self);
void           cm_contact_book_forget  (CmContactBook *self,
                                        gint64         time);
GHashTable    *cm_contact_book_write   (CmContactBook *self,
                                        CmPackWriter  *pack);
GPtrArray     *cm_contact_book_read    (CmContactBook *self,
                                        CmPackReader  *pack);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmContactBook, cm_contact_book_free)

G_END_DECLS
