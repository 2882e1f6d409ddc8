/* Searches a release of the ROME, and holds against it what a passport says of a code.
 *   rome FOLDER RELEASE TEXT
 * Arguments: examples/donnees/rome v999 légumes
 */
#include <spie/spie.h>

#include <stdio.h>
#include <string.h>

static const char passport[] =
    "[{\"code\": \"9990005\", \"nature\": \"competence\", \"libelle\": \"Nettoyer les sols\", \"version\": \"v998\"}]";

int main(int count, char **arguments) {
  static const char *const natures[] = {"competence", "savoir"};
  spie_error error = SPIE_ERROR_INIT;
  spie_rome *rome = NULL;
  char *found = NULL, *first = NULL, *later = NULL, *what = NULL;
  spie_status status;
  if (count != 4) {
    fprintf(stderr, "usage: %s FOLDER RELEASE TEXT\n", arguments[0]);
    return 2;
  }
  status = spie_rome_load(&rome, arguments[1], arguments[2], &error);
  if (status == SPIE_OK)
    status = spie_rome_search(&found, NULL, rome, arguments[3], natures, 2, 10, &error);
  if (status == SPIE_OK)
    status = spie_json_member(&first, NULL, found, strlen(found), "/entrees/0/libelle", &error);
  if (status == SPIE_OK)
    status = spie_rome_compare(&later, NULL, rome, passport, strlen(passport), &error);
  if (status == SPIE_OK)
    status = spie_json_member(&what, NULL, later, strlen(later), "/references/0/phrase", &error);
  if (status == SPIE_OK)
    printf("%s\n%s\n", first == NULL ? "Rien." : first, what == NULL ? "" : what);
  else
    fprintf(stderr, "%s %s: %s\n", error.code, error.where, error.message);
  spie_free(what);
  spie_free(later);
  spie_free(first);
  spie_free(found);
  spie_rome_free(rome);
  return status == SPIE_OK ? 0 : 1;
}
