/* cm-feed-config.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A feed is told by its name in addresses and on the screen. */
#define CM_FEED_MAX_NAME 64

/* "[feed NAME]" */
#define CM_FEED_CONFIG_GROUP "feed "

/* How the keys of a secret end, that say where it is. */
#define CM_FEED_CONFIG_FILE "-file"
#define CM_FEED_CONFIG_VARIABLE "-env"
#define CM_FEED_CONFIG_KEPT "-kept"

/**
 * CmFeedOptionKind:
 * @CM_FEED_OPTION_TEXT: any text
 * @CM_FEED_OPTION_PATH: an absolute path
 * @CM_FEED_OPTION_NUMBER: a whole number from min to max
 * @CM_FEED_OPTION_FLAG: "yes" or "no"
 * @CM_FEED_OPTION_CHOICE: one of choices
 * @CM_FEED_OPTION_SECRET: never the secret itself: KEY-file= names the file that
 *   it is in, KEY-env= the variable of the environment, or KEY-kept= says that
 *   whoever has made the configuration keeps it, and gives it when it is needed
 * @CM_FEED_OPTION_SECRET_FILE: more secrets than one: KEY-file= names their file
 */
typedef enum
{
  CM_FEED_OPTION_TEXT,
  CM_FEED_OPTION_PATH,
  CM_FEED_OPTION_NUMBER,
  CM_FEED_OPTION_FLAG,
  CM_FEED_OPTION_CHOICE,
  CM_FEED_OPTION_SECRET,
  CM_FEED_OPTION_SECRET_FILE,
} CmFeedOptionKind;

/**
 * CmFeedOption:
 * @key: how it is written; of a secret without "-file" and "-env"
 * @is_required: the feed cannot be without it
 * @standard: (nullable): what holds where nothing is said
 * @min: of a number; @max likewise
 * @choices: (nullable): "this|that"
 * @check: (nullable): what more a value has to be
 * @title: (nullable): what it is called where people are asked for it, marked for
 *   translation
 * @example: (nullable): what a value looks like
 *
 * One thing that a feed can be told. A class of feeds declares its own in a
 * table that ends with a %NULL key.
 */
typedef struct
{
  const char       *key;
  CmFeedOptionKind  kind;
  gboolean          is_required;
  const char       *standard;
  guint64           min;
  guint64           max;
  const char       *choices;
  gboolean        (*check) (const char  *value,
                            GError     **error);
  const char       *title;
  const char       *example;
} CmFeedOption;

/* Called with each fault; @line is counted from 1. */
typedef void (*CmFeedConfigFaultFunc) (guint       line,
                                       const char *reason,
                                       gpointer    user_data);

#define CM_TYPE_FEED_CONFIG (cm_feed_config_get_type ())

/**
 * CmFeedConfig:
 *
 * What stands in one group "[feed NAME]": the type of the feed, and what a feed
 * of that type can be told. It says where secrets are; of those that are kept
 * elsewhere it holds what it was given, and writes it nowhere.
 */
typedef struct _CmFeedConfig CmFeedConfig;

GType         cm_feed_config_get_type        (void);
CmFeedConfig *cm_feed_config_new             (const char             *name,
                                              guint                   line);
CmFeedConfig *cm_feed_config_copy            (const CmFeedConfig     *self);
CmFeedConfig *cm_feed_config_ref             (CmFeedConfig           *self);
void          cm_feed_config_unref           (CmFeedConfig           *self);
void          cm_feed_config_set             (CmFeedConfig           *self,
                                              const char             *key,
                                              const char             *value,
                                              guint                   line);
void          cm_feed_config_replace         (CmFeedConfig           *self,
                                              const char             *key,
                                              const char             *value);
gboolean      cm_feed_config_check           (CmFeedConfig           *self,
                                              CmFeedConfigFaultFunc   func,
                                              gpointer                user_data);
gboolean      cm_feed_config_check_secrets   (CmFeedConfig           *self,
                                              CmFeedConfigFaultFunc   func,
                                              gpointer                user_data);
gboolean      cm_feed_config_equal           (const CmFeedConfig     *self,
                                              const CmFeedConfig     *other);
const char   *cm_feed_config_get_name        (const CmFeedConfig     *self);
const char   *cm_feed_config_get_type_name   (const CmFeedConfig     *self);
char         *cm_feed_config_dup_source      (const CmFeedConfig     *self);
const char   *cm_feed_config_get_text        (const CmFeedConfig     *self,
                                              const char             *key);
guint64       cm_feed_config_get_number      (const CmFeedConfig     *self,
                                              const char             *key);
gboolean      cm_feed_config_get_flag        (const CmFeedConfig     *self,
                                              const char             *key);
const char   *cm_feed_config_get_written     (const CmFeedConfig     *self,
                                              const char             *key);
gboolean      cm_feed_config_is_enabled      (const CmFeedConfig     *self);
void          cm_feed_config_write           (const CmFeedConfig     *self,
                                              GString                *out);
gboolean      cm_feed_config_has_secret      (const CmFeedConfig     *self,
                                              const char             *key);
gboolean      cm_feed_config_is_kept         (const CmFeedConfig     *self,
                                              const char             *key);
void          cm_feed_config_give_secret     (CmFeedConfig           *self,
                                              const char             *key,
                                              const char             *secret);
const char   *cm_feed_config_get_given       (const CmFeedConfig     *self,
                                              const char             *key);
char         *cm_feed_config_read_secret     (const CmFeedConfig     *self,
                                              const char             *key,
                                              GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmFeedConfig, cm_feed_config_unref)

G_END_DECLS
