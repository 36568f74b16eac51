/* test-leg-facts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-enum-types.h"
#include "tracker/cm-leg-facts.h"

/* One change of a fact. */
typedef enum
{
  AUDIO,
  PROGRESS,
  STATE,
  RESULT,
  URI,
  MESSAGE,
  INVITER,
  REMOVED,
} Fact;

typedef struct
{
  Fact   fact;
  gint64 value;
} Move;

/* What the table of phases is read from here: the whole history of a leg, and
 * not what the facts make of it. @phases: what the table said after each move. */
typedef struct
{
  GArray    *moves;
  GPtrArray *phases;
} History;

/* Whether the value is one of the numbers in the text. */
static gboolean
is_one_of (gint64      value,
           const char *numbers)
{
  for (const char *p = numbers; *p != '\0'; p++)
    {
      char *end;

      if (g_ascii_strtoll (p, &end, 10) == value)
        return TRUE;
      p = end;
      if (*p == '\0')
        break;
    }

  return FALSE;
}

/* The value after the first n moves. Invalid audio is none. */
static gint64
get_at (const History *self,
        Fact           fact,
        guint          n)
{
  gint64 value = fact == RESULT ? -1 : 0;

  for (guint i = 0; i < n; i++)
    {
      const Move *move = &g_array_index (self->moves, Move, i);

      if (move->fact == fact && !(fact == AUDIO && move->value == -1))
        value = move->value;
    }

  return value;
}

static gint64
get (const History *self,
     Fact           fact)
{
  return get_at (self, fact, self->moves->len);
}

static gboolean
was (const History *self,
     Fact           fact,
     const char    *numbers)
{
  for (guint i = 0; i < self->moves->len; i++)
    {
      const Move *move = &g_array_index (self->moves, Move, i);

      if (move->fact == fact && is_one_of (move->value, numbers))
        return TRUE;
    }

  return FALSE;
}

/* Where the escalation that runs has begun: after the last move back to a lower
 * number, or away from a failure. Prompts are within it. */
static guint
get_path_start (const History *self)
{
  gint64 reached = 0, before = 0;
  guint start = 0;

  for (guint i = 0; i < self->moves->len; i++)
    {
      const Move *move = &g_array_index (self->moves, Move, i);

      if (move->fact != PROGRESS || move->value == before)
        continue;
      if (move->value == 0 || (move->value <= 7 && (move->value < reached || before == 8)))
        {
          reached = 0;
          start = i;
        }
      if (move->value <= 7)
        reached = move->value;
      before = move->value;
    }

  return start;
}

/* Whether audio was in one of its states while the escalation was in one of its
 * own, on the path that runs. */
static gboolean
was_while (const History *self,
           const char    *audio,
           const char    *progress)
{
  for (guint i = get_path_start (self) + 1; i <= self->moves->len; i++)
    {
      if (is_one_of (get_at (self, AUDIO, i), audio) && is_one_of (get_at (self, PROGRESS, i), progress))
        return TRUE;
    }

  return FALSE;
}

static gint64
get_result (const History *self)
{
  guint start = get_path_start (self);

  for (guint i = self->moves->len; i > start; i--)
    {
      const Move *move = &g_array_index (self->moves, Move, i - 1);

      if (move->fact == RESULT)
        return move->value;
      /* What a failure's result was is of no account once it is over. */
      if (move->fact == PROGRESS && i > 1 && get_at (self, PROGRESS, i - 1) == 8 && move->value != 8)
        return -1;
    }

  return start == 0 ? get_at (self, RESULT, start) : -1;
}

static gboolean
has_failed (const History *self)
{
  return get (self, PROGRESS) == 8 || (get (self, PROGRESS) == 7 && get_result (self) > 0);
}

static gboolean
is_conference (const History *self)
{
  return !has_failed (self) && (get (self, URI) || get (self, PROGRESS) == 7);
}

static gboolean
has_dropped (const History *self)
{
  return is_one_of (get (self, PROGRESS), "1 2 4 5 6 9 10") && get (self, AUDIO) == 0 &&
         was_while (self, "5 7", "1 2 3 4 5 6 9 10");
}

/* It has left, and its audio has not been back since. */
static gboolean
left_before (const History *self)
{
  for (guint i = self->phases->len; i > 0 && !is_one_of (get_at (self, AUDIO, i), "5 7"); i--)
    {
      if (g_str_equal (g_ptr_array_index (self->phases, i - 1), "left"))
        return TRUE;
    }

  return FALSE;
}

/* Since it rang last, audio was nothing but that and its end. */
static gboolean
only_rang (const History *self)
{
  for (guint i = self->moves->len; i > 0; i--)
    {
      const Move *move = &g_array_index (self->moves, Move, i - 1);

      if (move->fact == AUDIO && !is_one_of (move->value, "-1 0 10"))
        return move->value == 2;
    }

  return FALSE;
}

/* domain.md, section 4: the rows of its table in their order. */
static const char *
read_table (const History *self)
{
  gint64 audio = get (self, AUDIO), progress = get (self, PROGRESS);
  gboolean conference = is_conference (self), call = has_failed (self);

  if (was (self, REMOVED, "1") || get (self, STATE) == 3)
    return "ended";
  if (has_failed (self) && !is_one_of (audio, "5 7"))
    return "failed";
  if (!call && progress == 3)
    return "lobby";
  if (has_dropped (self))
    return get (self, URI) ? "left" : "hung-up";
  if (is_one_of (progress, "1 2 4 5 6 9 10"))
    return "escalating";
  if (!call && progress == 7 && is_one_of (audio, "1 3 7") && !was_while (self, "5", "7"))
    return "escalating";
  if (audio == 2)
    return "ringing";
  if (is_one_of (audio, "1 3 4 8"))
    return left_before (self) ? "rejoining" : "connecting";
  if (audio == 9)
    return "transferring";
  if (is_one_of (audio, "6 7") || get (self, STATE) == 2)
    return "on-hold";
  if (audio == 5)
    return conference ? "in-conference" : "in-call";
  if (was (self, AUDIO, "5"))
    return conference ? "left" : "hung-up";
  if (audio == 0 && only_rang (self))
    return "missed";
  if (!was (self, AUDIO, "1 2 3 4 5 6 7 8 9") && get (self, MESSAGE) == 5)
    return "message";

  return "idle";
}

static void
apply (CmLegFacts *facts,
       Move        move)
{
  switch (move.fact)
    {
    case AUDIO:
      cm_leg_facts_set_audio_video (facts, (CmModalityState) move.value);
      break;
    case PROGRESS:
      cm_leg_facts_set_progress (facts, (CmProgress) move.value);
      break;
    case STATE:
      cm_leg_facts_set_conversation_state (facts, (CmConversationState) move.value);
      break;
    case RESULT:
      cm_leg_facts_set_result (facts, move.value);
      break;
    case URI:
      cm_leg_facts_set_uri (facts, move.value != 0);
      break;
    case MESSAGE:
      cm_leg_facts_set_instant_message (facts, (CmModalityState) move.value);
      break;
    case INVITER:
      cm_leg_facts_set_inviter (facts, move.value != 0);
      break;
    case REMOVED:
      cm_leg_facts_set_removed (facts);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
history_init (History *self)
{
  self->moves = g_array_new (FALSE, FALSE, sizeof (Move));
  self->phases = g_ptr_array_new ();
}

static void
history_clear (History *self)
{
  g_array_unref (self->moves);
  g_ptr_array_unref (self->phases);
}

static char *
dup_moves (const History *self)
{
  static const char letters[] = "AECRUMIX";
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->moves->len; i++)
    {
      const Move *move = &g_array_index (self->moves, Move, i);

      g_string_append_printf (text, "%c%d ", letters[move->fact], (int) move->value);
    }

  return g_string_free (text, FALSE);
}

static void
check_steps (const CmLegFacts *facts)
{
  guint steps = 0;
  guint step = cm_leg_facts_get_step (facts, &steps);

  g_assert_cmpuint (step, <=, steps);
  g_assert_cmpuint (steps, >=, 3);
  g_assert_cmpuint (steps, <=, 7);
  if (facts->progress == CM_PROGRESS_COMPLETED)
    g_assert_cmpuint (step, ==, steps);
}

/* Makes the move and holds what the facts say against the table. */
static void
make_move (History    *history,
           CmLegFacts *facts,
           Move        move)
{
  g_autoptr(GEnumClass) phases = g_type_class_ref (CM_TYPE_PHASE);
  CmKind kind = cm_leg_facts_get_kind (facts);
  const char *phase, *expected;

  g_array_append_val (history->moves, move);
  expected = read_table (history);
  g_ptr_array_add (history->phases, (gpointer) expected);

  apply (facts, move);
  phase = g_enum_get_value (phases, (int) cm_leg_facts_get_phase (facts))->value_nick;
  if (!g_str_equal (phase, expected))
    {
      g_autofree char *moves = dup_moves (history);

      g_error ("%sis %s and not %s", moves, phase, expected);
    }

  check_steps (facts);
  if (!has_failed (history))
    g_assert_cmpint (cm_leg_facts_get_kind (facts), >=, kind);
  if (get (history, URI))
    g_assert_cmpint (cm_leg_facts_get_kind (facts), ==, CM_KIND_CONFERENCE);
}

/* Every move that there is. */
static const Move moves[] = {
  { AUDIO, -1 }, { AUDIO, 0 }, { AUDIO, 1 }, { AUDIO, 2 }, { AUDIO, 3 }, { AUDIO, 4 }, { AUDIO, 5 },
  { AUDIO, 6 }, { AUDIO, 7 }, { AUDIO, 8 }, { AUDIO, 9 }, { AUDIO, 10 },
  { PROGRESS, 0 }, { PROGRESS, 1 }, { PROGRESS, 2 }, { PROGRESS, 3 }, { PROGRESS, 4 }, { PROGRESS, 5 },
  { PROGRESS, 6 }, { PROGRESS, 7 }, { PROGRESS, 8 }, { PROGRESS, 9 }, { PROGRESS, 10 },
  { STATE, 0 }, { STATE, 1 }, { STATE, 2 }, { STATE, 3 },
  { RESULT, 0 }, { RESULT, 0x80F2CB50 }, { URI, 1 }, { URI, 0 },
  { MESSAGE, 5 }, { MESSAGE, 0 }, { INVITER, 1 }, { REMOVED, 1 },
};

static void
walk (const Move *first,
      guint       n,
      Move        last)
{
  History history;
  CmLegFacts facts;

  history_init (&history);
  cm_leg_facts_init (&facts);
  for (guint i = 0; i < n; i++)
    make_move (&history, &facts, first[i]);
  make_move (&history, &facts, last);
  history_clear (&history);
}

/* Every audio that follows every other one, at every stage, with and without a
 * conference: and then whatever may happen. */
static void
test_every_state_and_event (void)
{
  for (guint before = 1; before < 12; before++)
    for (guint audio = 1; audio < 12; audio++)
      for (guint progress = 12; progress < 23; progress++)
        for (guint uri = 29; uri <= 30; uri++)
          {
            const Move first[] = { moves[uri], moves[before], moves[progress], moves[audio] };

            for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
              walk (first, G_N_ELEMENTS (first), moves[i]);
          }
}

/* Any three moves in any order. */
static void
test_every_three_moves (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    for (guint j = 0; j < G_N_ELEMENTS (moves); j++)
      {
        const Move first[] = { moves[i], moves[j] };

        for (guint k = 0; k < G_N_ELEMENTS (moves); k++)
          walk (first, 2, moves[k]);
      }
}

static void
test_random_walks (void)
{
  for (guint32 seed = 1; seed <= 2000; seed++)
    {
      g_autoptr(GRand) random = g_rand_new_with_seed (seed);
      History history;
      CmLegFacts facts;

      history_init (&history);
      cm_leg_facts_init (&facts);
      for (guint i = 0; i < 40; i++)
        {
          Move move = moves[g_rand_int_range (random, 0, G_N_ELEMENTS (moves))];

          /* After either there is but one phase. */
          if (move.fact != REMOVED)
            make_move (&history, &facts, move);
        }
      history_clear (&history);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/leg-facts/every-state-and-event", test_every_state_and_event);
  g_test_add_func ("/leg-facts/every-three-moves", test_every_three_moves);
  g_test_add_func ("/leg-facts/random-walks", test_random_walks);

  return g_test_run ();
}
