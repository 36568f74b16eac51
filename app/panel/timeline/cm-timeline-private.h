/* cm-timeline-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "panel/timeline/cm-timeline-view.h"

G_BEGIN_DECLS

/* px, where the text is as large as it mostly is: what is drawn grows with it. */
#define CM_TIMELINE_LANE_HEIGHT 24

/* Beside the states: what is written on them, names and times, and the lines. */
typedef enum
{
  CM_TIMELINE_COLOR_ON_MARK = CM_N_TIMELINE_LOOKS,
  CM_TIMELINE_COLOR_SECOND,
  CM_TIMELINE_COLOR_LINE,
  CM_N_TIMELINE_COLORS,
} CmTimelineColor;

/**
 * CmTimelineView:
 * @left: the time at the edge where time begins, ms UTC
 * @scale: ms a pixel
 * @fits: all of it is shown, whatever that is
 * @follows: the other edge is now
 * @lane: of the segment that the keys are at
 * @segment: likewise, or -1
 * @swatches: widgets that have the colours of style.css and are not drawn
 * @layouts: text → PangoLayout
 * @lane_height: of a lane, and of the axis, px; 0 where that is not known yet
 * @tick_space: that a time of the axis needs, px; likewise
 */
struct _CmTimelineView
{
  GtkWidget parent_instance;

  CmTimeline    *timeline;
  CmConversationList *conversations; /* (nullable): knows whether names are hidden */
  gboolean       hidden; /* whether they were when this was drawn last */
  gint64         now;
  double         left;
  double         scale;
  double         drag_left;
  gboolean       fits;
  gboolean       follows;
  guint          lane;
  int            segment;
  GtkWidget     *swatches[CM_N_TIMELINE_COLORS];
  GHashTable    *layouts;
  int            lane_height;
  int            tick_space;
  GtkAdjustment *scrolled; /* (nullable): what the view is scrolled by */
};

/* cm-timeline-geometry.c */
int    cm_timeline_get_lane_height (CmTimelineView *self);
int    cm_timeline_get_tick_space  (CmTimelineView *self);
int    cm_timeline_get_names_width (CmTimelineView *self);
int    cm_timeline_get_plot_width  (CmTimelineView *self);
double cm_timeline_get_x           (CmTimelineView *self,
                                    gint64          time);
gint64 cm_timeline_get_time        (CmTimelineView *self,
                                    double          x);
gint64 cm_timeline_get_end         (CmTimelineView *self);
void   cm_timeline_settle          (CmTimelineView *self);
void   cm_timeline_zoom            (CmTimelineView *self,
                                    double          factor,
                                    gint64          around);
void   cm_timeline_pan             (CmTimelineView *self,
                                    double          ms);
gint64 cm_timeline_get_step        (double          scale,
                                    int             pixels);
const CmTimelineSegment *
       cm_timeline_pick            (CmTimelineView *self,
                                    double          x,
                                    double          y,
                                    guint          *lane);

/* cm-timeline-draw.c */
PangoLayout *
       cm_timeline_get_layout      (CmTimelineView *self,
                                    const char     *text);
void   cm_timeline_draw            (CmTimelineView *self,
                                    GtkSnapshot    *snapshot);

/* cm-timeline-words.c */
char  *cm_timeline_dup_name        (CmTimelineView          *self,
                                    const CmTimelineLane    *lane);
char  *cm_timeline_dup_segment     (CmTimelineView          *self,
                                    const CmTimelineLane    *lane,
                                    const CmTimelineSegment *segment);
char  *cm_timeline_dup_description (CmTimelineView *self);
void   cm_timeline_update_description
                                   (CmTimelineView *self);

/* cm-timeline-input.c */
void   cm_timeline_install_input   (GtkWidgetClass *widget_class);
void   cm_timeline_add_controllers (CmTimelineView *self);

G_END_DECLS
