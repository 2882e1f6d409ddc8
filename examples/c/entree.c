/* Does a person enter the service, and why? Reads the facts from a JSON file and prints the explanation.
 *   entree PACK_FOLDER FACTS.json DATE
 * Arguments: packs/seine-et-marne-2022-2023 examples/donnees/personne.json 2022-06-01
 */
#include <spie/spie.h>

#include <stdio.h>
#include <stdlib.h>

static char *read_file(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  char *bytes = NULL;
  long size = 0;
  if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0)
    return NULL;
  rewind(file);
  bytes = malloc((size_t)size + 1);
  *length = bytes == NULL ? 0 : fread(bytes, 1, (size_t)size, file);
  fclose(file);
  return bytes;
}

int main(int count, char **arguments) {
  spie_error error = SPIE_ERROR_INIT;
  spie_pack *pack = NULL;
  spie_decision *entry = NULL;
  char *facts = NULL, *explanation = NULL;
  size_t length = 0;
  spie_status status;
  if (count != 4 || (facts = read_file(arguments[2], &length)) == NULL) {
    fprintf(stderr, "usage: %s PACK_FOLDER FACTS.json DATE\n", arguments[0]);
    return 2;
  }
  status = spie_pack_load(&pack, arguments[1], NULL, &error);
  if (status == SPIE_OK)
    status = spie_pack_decision(&entry, pack, "entree", &error);
  if (status == SPIE_OK)
    status = spie_decision_explain(&explanation, NULL, entry, facts, length, arguments[3], NULL, &error);
  if (status == SPIE_OK)
    puts(explanation);
  else
    fprintf(stderr, "%s at %s: %s\n%s\n", error.code, error.where, error.message, error.remedy);
  spie_free(explanation);
  spie_decision_free(entry);
  spie_pack_free(pack);
  free(facts);
  return status == SPIE_OK ? 0 : 1;
}
