/* Is a planned immersion (PMSMP) lawful? Prints the verdict and what breaks the law.
 *   immersion PACK_FOLDER
 * Argument: packs/socle-national
 */
#include <spie/spie.h>

#include <stdio.h>
#include <string.h>

static const char demande[] = "{\"convention\": {\"id\": \"c\", \"structure\": \"structure:atelier\", "
                              "\"objet\": \"decouvrir_metier\", \"objectifs\": [\"cuisine\"], "
                              "\"debut\": \"2022-01-30\", \"fin\": \"2022-03-01\"}, \"precedentes\": []}";

int main(int count, char **arguments) {
  spie_error error = SPIE_ERROR_INIT;
  spie_pack *pack = NULL;
  char *examen = NULL;
  spie_status status;
  if (count != 2) {
    fprintf(stderr, "usage: %s PACK_FOLDER\n", arguments[0]);
    return 2;
  }
  status = spie_pack_load(&pack, arguments[1], NULL, &error);
  if (status == SPIE_OK)
    status = spie_immersion_check(&examen, NULL, pack, demande, strlen(demande), "2022-01-15", &error);
  if (status == SPIE_OK)
    printf("%s\n", examen);
  else
    fprintf(stderr, "%s %s: %s\n", error.code, error.where, error.message);
  spie_free(examen);
  spie_pack_free(pack);
  return status == SPIE_OK ? 0 : 1;
}
