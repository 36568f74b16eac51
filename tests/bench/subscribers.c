/* subscribers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Many subscribers of one server in one process, that cost little beside it: each
 * connects, says what stands in a file, and reads. In what comes the marks "@T" and
 * 19 digits, the monotonic time in ns when an event was sent, are counted and timed.
 *
 * subscribers HOST PORT COUNT STOPPED GREETING: on standard output "ready" when all are
 * connected; at the end of standard input the number of marks and the 50th and 99th
 * hundredth of their delay in µs. STOPPED more subscribers connect and never read. */

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MARK "@T"
#define DIGITS 19
#define KEEP (sizeof MARK - 1 + DIGITS - 1)
#define BUFFER (256 * 1024)
#define MAX_DELAY 10000000

typedef struct
{
  int    fd;
  size_t kept;
  char   buffer[KEEP + BUFFER];
} Subscriber;

/* How many marks took so many µs, in steps of 10. */
static uint64_t delays[MAX_DELAY / 10 + 1];
static uint64_t n_marks;

static uint64_t
get_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);

  return (uint64_t) now.tv_sec * 1000000000 + (uint64_t) now.tv_nsec;
}

static void
fail (const char *what)
{
  perror (what);
  exit (1);
}

static void
note_mark (const char *digits,
           uint64_t    now)
{
  char text[DIGITS + 1];
  uint64_t sent, delay;

  memcpy (text, digits, DIGITS);
  text[DIGITS] = '\0';
  sent = strtoull (text, NULL, 10);
  delay = now > sent ? (now - sent) / 1000 : 0;
  delays[(delay < MAX_DELAY ? delay : MAX_DELAY) / 10]++;
  n_marks++;
}

/* A mark may stand across two readings. */
static void
scan (Subscriber *self,
      size_t      size)
{
  uint64_t now = get_now ();
  const char *end = self->buffer + self->kept + size;
  const char *place = self->buffer;
  const char *mark;

  while ((mark = memmem (place, (size_t) (end - place), MARK, sizeof MARK - 1)) != NULL &&
         (size_t) (end - mark) >= sizeof MARK - 1 + DIGITS)
    {
      note_mark (mark + sizeof MARK - 1, now);
      place = mark + sizeof MARK - 1 + DIGITS;
    }

  self->kept = (size_t) (end - place) < KEEP ? (size_t) (end - place) : KEEP;
  memmove (self->buffer, end - self->kept, self->kept);
}

static void
take (Subscriber *self)
{
  ssize_t size;

  while ((size = read (self->fd, self->buffer + self->kept, BUFFER)) > 0)
    scan (self, (size_t) size);

  if (size == 0 || (errno != EAGAIN && errno != EINTR))
    fail ("A subscriber was closed");
}

static int
open_place (const struct addrinfo *place,
            const char            *greeting)
{
  int fd = socket (place->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (fd < 0 || connect (fd, place->ai_addr, place->ai_addrlen) != 0 ||
      write (fd, greeting, strlen (greeting)) != (ssize_t) strlen (greeting))
    fail ("A subscriber could not connect");

  return fd;
}

static void
tell (void)
{
  uint64_t sum = 0, half = 0, p99 = 0;

  for (uint64_t i = 0; i <= MAX_DELAY / 10; i++)
    {
      sum += delays[i];
      if (half == 0 && sum * 2 >= n_marks)
        half = i * 10;
      if (p99 == 0 && sum * 100 >= n_marks * 99)
        p99 = i * 10;
    }

  printf ("%llu %llu %llu\n", (unsigned long long) n_marks, (unsigned long long) half,
          (unsigned long long) p99);
}

static char *
read_greeting (const char *path)
{
  char *text = calloc (1, 4096);
  FILE *file = fopen (path, "r");

  if (text == NULL || file == NULL || fread (text, 1, 4095, file) == 0)
    fail (path);
  fclose (file);

  return text;
}

static void
run (int pool)
{
  struct epoll_event events[64];
  int n;

  while ((n = epoll_wait (pool, events, 64, -1)) >= 0 || errno == EINTR)
    {
      for (int i = 0; i < n; i++)
        {
          if (events[i].data.ptr == NULL)
            return;
          take (events[i].data.ptr);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  const struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST };
  struct epoll_event event = { .events = EPOLLIN };
  struct addrinfo *place = NULL;
  char *greeting;
  int pool = epoll_create1 (EPOLL_CLOEXEC);
  int count, stopped;

  if (argc != 6 || getaddrinfo (argv[1], argv[2], &hints, &place) != 0)
    {
      fprintf (stderr, "Usage: subscribers HOST PORT COUNT STOPPED GREETING\n");
      return 2;
    }

  count = atoi (argv[3]);
  stopped = atoi (argv[4]);
  greeting = read_greeting (argv[5]);
  for (int i = 0; i < count; i++)
    {
      Subscriber *self = calloc (1, sizeof *self);

      if (self == NULL)
        fail ("memory");
      self->fd = open_place (place, greeting);
      fcntl (self->fd, F_SETFL, O_NONBLOCK);
      event.data.ptr = self;
      epoll_ctl (pool, EPOLL_CTL_ADD, self->fd, &event);
    }

  for (int i = 0; i < stopped; i++)
    open_place (place, greeting);

  event.data.ptr = NULL;
  epoll_ctl (pool, EPOLL_CTL_ADD, STDIN_FILENO, &event);
  puts ("ready");
  fflush (stdout);
  run (pool);
  tell ();
  freeaddrinfo (place);
  free (greeting);
  return 0;
}
