/* A key, a badge signed with it, and what it is worth.
 *   badge CREDENTIAL.json
 * Argument: examples/donnees/attestation.json
 */
#include <spie/spie.h>

#include <stdio.h>
#include <stdlib.h>

static char *read_file(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  char *bytes = malloc(65536);
  *length = 0;
  if (file != NULL && bytes != NULL)
    *length = fread(bytes, 1, 65536, file);
  if (file != NULL)
    fclose(file);
  return bytes;
}

int main(int count, char **arguments) {
  spie_error error = SPIE_ERROR_INIT;
  spie_badge_options options = SPIE_BADGE_OPTIONS_INIT;
  spie_key *key = NULL;
  char *credential = NULL, *issued = NULL, *badge = NULL, *report = NULL;
  size_t length = 0, issued_length = 0, badge_length = 0;
  spie_status status;
  if (count != 2) {
    fprintf(stderr, "usage: %s CREDENTIAL.json\n", arguments[0]);
    return 2;
  }
  credential = read_file(arguments[1], &length);
  options.at = "2026-11-29T08:00:00Z";
  status = spie_key_generate(&key, "ed25519", &error);
  if (status == SPIE_OK)
    status = spie_badge_issue(&issued, &issued_length, credential, length, key, NULL, 0, "2026-11-28T08:00:00Z", NULL,
                              &error);
  if (status == SPIE_OK)
    status = spie_json_member(&badge, &badge_length, issued, issued_length, "/badge", &error);
  if (status == SPIE_OK)
    status = spie_badge_verify(&report, NULL, badge, badge_length, &options, &error);
  if (status == SPIE_OK)
    printf("%s\n", report);
  else
    fprintf(stderr, "%s %s: %s\n", error.code, error.where, error.message);
  spie_free(report);
  spie_free(badge);
  spie_free(issued);
  free(credential);
  spie_key_free(key);
  return status == SPIE_OK ? 0 : 1;
}
