/* A table looked at without a case: its holes and its conflicts, in JSON.
 *   verifier_une_table MODEL.dmn
 * Argument: examples/donnees/remise-trouee.dmn
 */
#include <spie/spie.h>

#include <stdio.h>

int main(int count, char **arguments) {
  static char bytes[1 << 16];
  spie_error error = SPIE_ERROR_INIT;
  spie_model *model = NULL;
  char *report = NULL;
  spie_status status;
  spie_file file = {"remise.dmn", bytes, 0};
  FILE *read = count == 2 ? fopen(arguments[1], "rb") : NULL;
  if (read == NULL) {
    fprintf(stderr, "usage: %s MODEL.dmn\n", arguments[0]);
    return 2;
  }
  file.length = fread(bytes, 1, sizeof bytes, read);
  fclose(read);
  status = spie_model_from_files(&model, &file, 1, NULL, &error);
  if (status == SPIE_OK)
    status = spie_model_analyse(&report, NULL, model, NULL, &error);
  if (status == SPIE_OK)
    printf("%s\n", report);
  else
    fprintf(stderr, "%s %s: %s\n", error.code, error.where, error.message);
  spie_free(report);
  spie_model_free(model);
  return status == SPIE_OK ? 0 : 1;
}
