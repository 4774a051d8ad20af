// The same as Expand.swift by libical: cc -O2 expand.c -lical
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
  struct timespec moment;
  clock_gettime(CLOCK_MONOTONIC, &moment);
  return moment.tv_sec + moment.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  FILE *file = fopen(argv[1], "r");
  if (!file) return 2;
  double seconds = atof(argv[2]);
  icaltimezone *zone = icaltimezone_get_builtin_timezone("Europe/Berlin");
  if (!zone) return 3;
  struct icaltimetype last = icaltime_from_string("20360105T000000");
  last.zone = zone;
  time_t end = icaltime_as_timet_with_zone(last, zone);
  char line[256];
  while (fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = 0;
    char *text = strchr(line, ' ');
    if (!text) return 2;
    *text++ = 0;
    struct icaltimetype start = icaltime_from_string(line);
    start.zone = zone;
    long count = 0, runs = 0;
    long long sum = 0;
    double began = now(), elapsed = 0;
    while (elapsed < seconds) {
      count = 0;
      sum = 0;
      struct icalrecurrencetype rule = icalrecurrencetype_from_string(text);
      icalrecur_iterator *iterator = icalrecur_iterator_new(rule, start);
      if (!iterator) return 4;
      for (;;) {
        struct icaltimetype time = icalrecur_iterator_next(iterator);
        if (icaltime_is_null_time(time)) break;
        time_t instant = icaltime_as_timet_with_zone(time, zone);
        if (instant >= end) break;
        count++;
        sum += instant;
      }
      icalrecur_iterator_free(iterator);
      runs++;
      elapsed = now() - began;
    }
    printf("%s\t%ld\t%lld\t%f\n", text, count, sum, runs / elapsed);
    fflush(stdout);
  }
  return 0;
}
