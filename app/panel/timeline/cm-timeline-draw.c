/* cm-timeline-draw.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-words.h"
#include "panel/cm-compat.h"
#include "panel/timeline/cm-timeline-private.h"

#define PAD 6
#define MAX_LAYOUTS 512

/* Colour is not all that tells states apart: each has a height of its own, of a lane's 24. */
static const struct
{
  float height;
  float below; /* of the middle of the lane */
} shapes[CM_N_TIMELINE_LOOKS] = {
  [CM_TIMELINE_LIVE] = { 16, 0 },
  [CM_TIMELINE_ESCALATING] = { 12, 0 },
  [CM_TIMELINE_HOLD] = { 12, 2 },
  [CM_TIMELINE_LEFT] = { 4, 6 },
  [CM_TIMELINE_FAILED] = { 16, 0 },
  [CM_TIMELINE_IDLE] = { 2, 7 },
};

typedef struct
{
  CmTimelineView *view;
  GtkSnapshot    *snapshot;
  GdkRGBA         colors[CM_N_TIMELINE_COLORS];
  gint64          from;
  gint64          to;
  gboolean        rtl;
  float           width;
  float           lane; /* the height of one */
} Drawing;

/* Returns: (transfer none): the text as it is drawn */
PangoLayout *
cm_timeline_get_layout (CmTimelineView *self,
                        const char     *text)
{
  PangoLayout *layout = g_hash_table_lookup (self->layouts, text);
  PangoAttrList *attributes;

  if (layout != NULL)
    return layout;

  if (g_hash_table_size (self->layouts) >= MAX_LAYOUTS)
    g_hash_table_remove_all (self->layouts);

  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_scale_new (0.86));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  g_hash_table_insert (self->layouts, g_strdup (text), layout);

  return layout;
}

static void
draw_layout (Drawing       *drawing,
             PangoLayout   *layout,
             float          x,
             float          y,
             const GdkRGBA *color)
{
  graphene_point_t point = GRAPHENE_POINT_INIT (x, y);

  gtk_snapshot_save (drawing->snapshot);
  gtk_snapshot_translate (drawing->snapshot, &point);
  gtk_snapshot_append_layout (drawing->snapshot, layout, color);
  gtk_snapshot_restore (drawing->snapshot);
}

static void
draw_rectangle (Drawing       *drawing,
                float          x,
                float          y,
                float          width,
                float          height,
                const GdkRGBA *color)
{
  gtk_snapshot_append_color (drawing->snapshot, color,
                             &GRAPHENE_RECT_INIT (x, y, width, height));
}

static void
draw_label (Drawing                 *drawing,
            const CmTimelineLane    *lane,
            const CmTimelineSegment *segment,
            float                    x,
            float                    y,
            float                    width)
{
  g_autofree char *label = cm_timeline_segment_dup_label (lane, segment);
  PangoLayout *layout = cm_timeline_get_layout (drawing->view, label);
  int text_width, text_height;
  const GdkRGBA *color = &drawing->colors[CM_TIMELINE_COLOR_ON_MARK];

  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  if ((float) text_width + PAD > width)
    return;

  /* On a thin mark there is no room: the words stand above it. */
  if (shapes[segment->look].height < 10)
    color = &drawing->colors[CM_TIMELINE_COLOR_SECOND];

  draw_layout (drawing, layout,
               drawing->rtl ? x + width - (float) text_width - PAD / 2.0f : x + PAD / 2.0f,
               y + (drawing->lane - (float) text_height) / 2.0f, color);
}

/* Draws a segment; returns where its later edge is, counted in time's direction. */
static double
draw_segment (Drawing                 *drawing,
              const CmTimelineLane    *lane,
              const CmTimelineSegment *segment,
              float                    y,
              double                   drawn)
{
  CmTimelineView *self = drawing->view;
  gint64 end = segment->end == CM_TIME_NONE ? self->now : MIN (segment->end, self->now);
  double from = cm_timeline_get_x (self, MAX (segment->start, drawing->from));
  double to = cm_timeline_get_x (self, MIN (end, drawing->to));
  double edge = drawing->rtl ? -MIN (from, to) : MAX (from, to);
  float x = (float) MIN (from, to);
  float width = MAX ((float) ABS (to - from), 1.0f);
  float size = drawing->lane / CM_TIMELINE_LANE_HEIGHT;
  float height = shapes[segment->look].height * size;

  /* Of several within a pixel one is seen. */
  if (edge - drawn < 0.5)
    return drawn;

  draw_rectangle (drawing, x, y + (drawing->lane - height) / 2.0f + shapes[segment->look].below * size,
                  width > 2 ? width - 1 : width, height, &drawing->colors[segment->look]);
  if (width > 2 * PAD)
    draw_label (drawing, lane, segment, x, y, width);

  return edge;
}

static void
draw_selection (Drawing                 *drawing,
                const CmTimelineSegment *segment,
                float                    y)
{
  CmTimelineView *self = drawing->view;
  gint64 end = segment->end == CM_TIME_NONE ? self->now : MIN (segment->end, self->now);
  double from = cm_timeline_get_x (self, CLAMP (segment->start, drawing->from, drawing->to));
  double to = cm_timeline_get_x (self, CLAMP (end, drawing->from, drawing->to));
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float) MIN (from, to) - 1, y + 1,
                                               (float) ABS (to - from) + 2,
                                               drawing->lane - 2);
  const GdkRGBA *color = &drawing->colors[CM_TIMELINE_COLOR_SECOND];
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &bounds, 3);
  gtk_snapshot_append_border (drawing->snapshot, &outline, (float[4]) { 2, 2, 2, 2 },
                              (GdkRGBA[4]) { *color, *color, *color, *color });
}

static void
draw_name (Drawing              *drawing,
           const CmTimelineLane *lane,
           float                 y)
{
  g_autofree char *name = cm_timeline_dup_name (drawing->view, lane);
  int names = cm_timeline_get_names_width (drawing->view) - PAD;
  PangoLayout *layout = cm_timeline_get_layout (drawing->view, name);
  int width, height;

  pango_layout_set_width (layout, names * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  /* All names begin at the same edge: for Pango a text's own direction says where left is. */
  if ((pango_layout_get_direction (layout, 0) == PANGO_DIRECTION_RTL) != drawing->rtl)
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
  pango_layout_get_pixel_size (layout, &width, &height);
  draw_layout (drawing, layout, drawing->rtl ? drawing->width - (float) names : 0,
               y + (drawing->lane - (float) height) / 2.0f,
               &drawing->colors[CM_TIMELINE_COLOR_SECOND]);
}

static void
draw_lane (Drawing *drawing,
           guint    i)
{
  CmTimelineView *self = drawing->view;
  const CmTimelineLane *lane = cm_timeline_get_lane (self->timeline, i);
  float y = (float) i * drawing->lane;
  double drawn = -G_MAXDOUBLE;

  draw_name (drawing, lane, y);
  for (guint j = cm_timeline_lane_find (lane, drawing->from); j < lane->segments->len; j++)
    {
      const CmTimelineSegment *segment = &g_array_index (lane->segments, CmTimelineSegment, j);

      if (segment->start > drawing->to || segment->start > self->now)
        break;

      drawn = draw_segment (drawing, lane, segment, y, drawn);
      if (i == self->lane && (int) j == self->segment &&
          gtk_widget_has_visible_focus (GTK_WIDGET (self)))
        draw_selection (drawing, segment, y);
    }

  draw_rectangle (drawing, 0, y + drawing->lane - 1, drawing->width, 1,
                  &drawing->colors[CM_TIMELINE_COLOR_LINE]);
}

static void
draw_axis (Drawing *drawing,
           float    y)
{
  CmTimelineView *self = drawing->view;
  gint64 step = cm_timeline_get_step (self->scale, cm_timeline_get_tick_space (self));

  for (gint64 time = (drawing->from / step + 1) * step; time <= drawing->to; time += step)
    {
      g_autofree char *clock = cm_words_dup_clock (time);
      PangoLayout *layout = cm_timeline_get_layout (self, clock);
      float x = (float) cm_timeline_get_x (self, time);
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      draw_rectangle (drawing, x, 0, 1, y + 3, &drawing->colors[CM_TIMELINE_COLOR_LINE]);
      x -= (float) width / 2.0f;
      if (x > 0 && x + (float) width < drawing->width)
        draw_layout (drawing, layout, x, y + 5, &drawing->colors[CM_TIMELINE_COLOR_SECOND]);
    }
}

/* What is scrolled away is not drawn. */
static void
get_seen_lanes (Drawing *drawing,
                guint   *first,
                guint   *end)
{
  CmTimelineView *self = drawing->view;
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);
  graphene_rect_t bounds;
  guint n = cm_timeline_get_n_lanes (self->timeline);
  float top, bottom;

  *first = 0;
  *end = n;
  if (viewport == NULL || !gtk_widget_compute_bounds (viewport, GTK_WIDGET (self), &bounds))
    return;

  top = MAX (graphene_rect_get_y (&bounds), 0);
  bottom = MAX (graphene_rect_get_y (&bounds) + graphene_rect_get_height (&bounds), 0);
  *first = MIN ((guint) (top / drawing->lane), n);
  *end = MIN ((guint) (bottom / drawing->lane) + 1, n);
}

/* Draws what is in view and nothing else. */
void
cm_timeline_draw (CmTimelineView *self,
                  GtkSnapshot    *snapshot)
{
  Drawing drawing = { .view = self, .snapshot = snapshot };
  float height;
  guint first, end;

  if (self->timeline == NULL || self->now == CM_TIME_NONE)
    return;

  cm_timeline_settle (self);
  for (guint i = 0; i < CM_N_TIMELINE_COLORS; i++)
    cm_compat_get_color (self->swatches[i], &drawing.colors[i]);

  drawing.colors[CM_TIMELINE_COLOR_LINE].alpha *= 0.4f;
  drawing.rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  drawing.width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  drawing.from = (gint64) self->left;
  drawing.to = (gint64) (self->left + cm_timeline_get_plot_width (self) * self->scale);
  drawing.lane = (float) cm_timeline_get_lane_height (self);
  height = (float) cm_timeline_get_n_lanes (self->timeline) * drawing.lane;

  draw_axis (&drawing, height);
  get_seen_lanes (&drawing, &first, &end);
  for (guint i = first; i < end; i++)
    draw_lane (&drawing, i);

  if (self->now >= drawing.from && self->now <= drawing.to)
    draw_rectangle (&drawing, (float) cm_timeline_get_x (self, self->now) - (drawing.rtl ? 0 : 1), 0, 1,
                    height, &drawing.colors[CM_TIMELINE_COLOR_SECOND]);
}
