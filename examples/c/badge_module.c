/* A badge signed by a key that stands elsewhere: here, one that openssl alone reads.
 *   badge_module CREDENTIAL.json PUBLIC.pem SECRET.pem
 * Arguments: examples/donnees/attestation.json, and the two parts of a key that RFC 8032 publishes,
 * examples/donnees/module/cle-publique.pem and cle-publiee-rfc8032.pem
 */
#define _POSIX_C_SOURCE 200809L
#include <spie/spie.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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

typedef struct module {
  const char *secret; /* the file that the module alone reads */
  char signature[512];
} module;

/* A security module answers here; this one is a command. */
static int32_t sign(void *context, const char *message, size_t length, const char **signature,
                    size_t *signature_length) {
  module *held = context;
  char given[] = "/tmp/spie-message-XXXXXX", command[1024];
  FILE *answer = NULL;
  const int file = mkstemp(given);
  if (file < 0)
    return 1;
  if (write(file, message, length) == (ssize_t)length) {
    snprintf(command, sizeof command, "openssl pkeyutl -sign -rawin -inkey '%s' -in %s", held->secret, given);
    answer = popen(command, "r");
  }
  *signature_length = answer == NULL ? 0 : fread(held->signature, 1, sizeof held->signature, answer);
  *signature = held->signature;
  if (answer != NULL && pclose(answer) != 0)
    *signature_length = 0;
  close(file);
  remove(given);
  return *signature_length == 0;
}

int main(int count, char **arguments) {
  spie_error error = SPIE_ERROR_INIT;
  spie_badge_options options = SPIE_BADGE_OPTIONS_INIT;
  spie_key *key = NULL;
  module held = {NULL, {0}};
  char *credential = NULL, *public_key = NULL, *issued = NULL, *badge = NULL, *report = NULL;
  size_t length = 0, public_length = 0, issued_length = 0, badge_length = 0;
  spie_status status;
  if (count != 4) {
    fprintf(stderr, "usage: %s CREDENTIAL.json PUBLIC.pem SECRET.pem\n", arguments[0]);
    return 2;
  }
  credential = read_file(arguments[1], &length);
  public_key = read_file(arguments[2], &public_length);
  held.secret = arguments[3];
  options.at = "2026-11-29T08:00:00Z";
  status = spie_key_elsewhere(&key, public_key, public_length, sign, &held, &error);
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
  free(public_key);
  free(credential);
  spie_key_free(key);
  return status == SPIE_OK ? 0 : 1;
}
