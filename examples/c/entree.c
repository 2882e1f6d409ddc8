/* Does a person enter the service, and why? Reads the facts from a JSON file and prints the status, the facts that are
 * missing, and the explanation. No JSON parser is needed to read an answer.
 *   entree PACK_FOLDER FACTS.json DATE
 * Arguments: packs/seine-et-marne-2022-2023 examples/donnees/personne.json 2022-06-01
 */
#include <spie/spie.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* The list at a pointer of the result, one item a line. */
static spie_status print_list(const char *result, const char *pointer, spie_error *error) {
  spie_status status = SPIE_OK;
  char *item = NULL, place[80];
  int i = 0;
  do {
    spie_free(item);
    snprintf(place, sizeof place, "%s/%d", pointer, i++);
    status = spie_json_member(&item, NULL, result, strlen(result), place, error);
    if (item != NULL)
      printf("  - %s\n", item);
  } while (item != NULL); /* NULL beyond the end of the list, and when the call failed */
  return status;
}

int main(int count, char **arguments) {
  spie_error error = SPIE_ERROR_INIT;
  spie_pack *pack = NULL;
  spie_decision *entry = NULL;
  char *facts = NULL, *result = NULL, *text = NULL;
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
    status = spie_decision_evaluate(&result, NULL, entry, facts, length, arguments[3], NULL, &error);
  if (status == SPIE_OK)
    status = spie_json_member(&text, NULL, result, strlen(result), "/statut", &error);
  if (status == SPIE_OK) {
    printf("%s\n", text);
    status = print_list(result, "/manquants", &error);
  }
  spie_free(text);
  text = NULL;
  if (status == SPIE_OK)
    status = spie_decision_explain(&text, NULL, entry, facts, length, arguments[3], NULL, &error);
  if (status == SPIE_OK)
    puts(text);
  else
    fprintf(stderr, "%s at %s: %s\n%s\n", error.code, error.where, error.message, error.remedy);
  spie_free(text);
  spie_free(result);
  spie_decision_free(entry);
  spie_pack_free(pack);
  free(facts);
  return status == SPIE_OK ? 0 : 1;
}
