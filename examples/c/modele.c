/* A DMN model that declares none of its inputs, as many editors write them.
 *   modele MODEL.dmn
 * Arguments: examples/donnees/aide.dmn
 */
#include <spie/spie.h>

#include <stdio.h>
#include <string.h>

int main(int count, char **arguments) {
  static const char *const extensions[] = {"camunda"};
  static const char inputs[] =
      "{\"distance\": 25, \"premier jour\": {\"@date\": \"2024-02-01\"}, \"dossier\": \"D-12\"}";
  static char bytes[1 << 16];
  spie_error error = SPIE_ERROR_INIT;
  spie_model_options options = SPIE_MODEL_OPTIONS_INIT;
  spie_model_evaluate_options evaluation = SPIE_MODEL_EVALUATE_OPTIONS_INIT;
  spie_model *model = NULL;
  char *text = NULL;
  spie_file model_file;
  spie_status status;
  FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
  if (file == NULL) {
    fprintf(stderr, "usage: %s MODEL.dmn\n", arguments[0]);
    return 2;
  }
  model_file.name = "aide.dmn";
  model_file.bytes = bytes;
  model_file.length = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  options.extensions = extensions;
  options.extension_count = 1;
  evaluation.ignore_extra = 1; /* "dossier" is read by nothing */
  status = spie_model_from_files(&model, &model_file, 1, &options, &error);
  if (status == SPIE_OK)
    status = spie_model_evaluate(&text, NULL, model, "aide au transport", inputs, strlen(inputs), &evaluation, &error);
  if (status == SPIE_OK)
    puts(text);
  else
    fprintf(stderr, "%s at %s: %s\n%s\n", error.code, error.where, error.message, error.remedy);
  spie_free(text);
  spie_model_free(model);
  return status == SPIE_OK ? 0 : 1;
}
