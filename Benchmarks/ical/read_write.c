/* Reads or writes a calendar with libical: PROGRAM read|write FILE ROUNDS [TIMES]; prints one line of JSON. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The processor's time, as on the other side. */
static double seconds(void) { return clock() / (double)CLOCKS_PER_SEC; }

/* The peak of resident memory in octets. */
static long peak(void) {
  char line[256];
  long kilobytes = 0;
  FILE *status = fopen("/proc/self/status", "r");
  while (status && fgets(line, sizeof line, status)) sscanf(line, "VmHWM: %ld", &kilobytes);
  if (status) fclose(status);
  return kilobytes * 1024;
}

int main(int count, char **arguments) {
  if (count < 4) return 2;
  int writes = strcmp(arguments[1], "write") == 0, rounds = atoi(arguments[3]);
  int times = count > 4 ? atoi(arguments[4]) : 1;
  FILE *file = fopen(arguments[2], "rb");
  if (!file) return 1;
  fseek(file, 0, SEEK_END);
  long size = ftell(file), found = 0;
  rewind(file);
  char *text = malloc(size + 1);
  if (fread(text, 1, size, file) != (size_t)size) return 1;
  text[size] = 0;
  double best = 1e9;
  icalcomponent *root = writes ? icalparser_parse_string(text) : NULL;
  for (int round = 0; round < rounds; round++) {
    double start = seconds();
    for (int time = 0; time < times; time++) {
      if (writes) {
        char *written = icalcomponent_as_ical_string_r(root);
        found = strlen(written);
        free(written);
      } else {
        if (time) icalcomponent_free(root);
        root = icalparser_parse_string(text);
        found = icalcomponent_count_components(root, ICAL_VEVENT_COMPONENT);
      }
    }
    double spent = seconds() - start;
    if (spent < best) best = spent;
    if (!writes) icalcomponent_free(root);
  }
  printf("{\"rate\": %f, \"count\": %ld, \"peak\": %ld}\n", (double)size * times / 1e6 / best, found, peak());
  return 0;
}
