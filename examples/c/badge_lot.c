/* One badge for several people, each with her narrative and her entry in a register; one is revoked, and the list of
 * statuses is signed.
 *   badge_lot MODEL.json LINES.csv
 * Arguments: examples/donnees/attestation.json, examples/donnees/lot-invente.csv
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

static int32_t tell(void *context, int64_t signed_badges) {
  (void)context;
  fprintf(stderr, "%lld\n", (long long)signed_badges);
  return 0;
}

int main(int count, char **arguments) {
  static const char at[] = "2026-11-28T08:00:00Z";
  spie_error error = SPIE_ERROR_INIT;
  spie_register_options list = SPIE_REGISTER_OPTIONS_INIT;
  spie_batch_options batch = SPIE_BATCH_OPTIONS_INIT;
  spie_key *key = NULL;
  char folder[] = "/tmp/spie-lot-XXXXXX", file[64];
  const char *registers[1], *revoked[1];
  char *model = NULL, *lines = NULL, *made = NULL, *first = NULL, *unsigned_list = NULL, *published = NULL,
       *held = NULL;
  size_t model_length = 0, lines_length = 0, made_length = 0, list_length = 0;
  spie_status status;
  if (count != 3) {
    fprintf(stderr, "usage: %s MODEL.json LINES.csv\n", arguments[0]);
    return 2;
  }
  model = read_file(arguments[1], &model_length);
  lines = read_file(arguments[2], &lines_length);
  if (mkdtemp(folder) == NULL)
    return 1;
  snprintf(file, sizeof file, "%s/registre.json", folder);
  list.list = "https://exemple.invalid/etats/1";
  registers[0] = file;
  batch.at = at;
  batch.registers = registers;
  batch.register_count = 1;
  batch.progress = tell;

  status = spie_key_generate(&key, "ed25519", &error);
  if (status == SPIE_OK)
    status = spie_register_create(file, &list, &error);
  if (status == SPIE_OK)
    status = spie_badge_issue_all(&made, &made_length, model, model_length, lines, lines_length, key, &batch, &error);
  if (status == SPIE_OK)
    status = spie_json_member(&first, NULL, made, made_length, "/0/id", &error);
  if (status == SPIE_OK) {
    revoked[0] = first;
    status = spie_register_set(file, revoked, 1, 1, NULL, &error);
  }
  /* What is published at the address of the list; the register stays here. */
  if (status == SPIE_OK)
    status = spie_register_list(&unsigned_list, &list_length, file, "ISSUER", at, NULL, &error);
  if (status == SPIE_OK)
    status = spie_badge_issue(&published, NULL, unsigned_list, list_length, key, NULL, 0, at, NULL, &error);
  if (status == SPIE_OK)
    status = spie_register_read(&held, NULL, file, &error);
  if (status == SPIE_OK)
    printf("%s\n%s\n", held, published);
  else
    fprintf(stderr, "%s %s: %s\n", error.code, error.where, error.message);
  remove(file);
  rmdir(folder);
  spie_free(held);
  spie_free(published);
  spie_free(unsigned_list);
  spie_free(first);
  spie_free(made);
  free(lines);
  free(model);
  spie_key_free(key);
  return status == SPIE_OK ? 0 : 1;
}
