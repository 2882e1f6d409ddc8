/* A structure on a day, with its professionals; by when and where a person is to be seen next.
 *   reseau PACK_FOLDER
 * Argument: packs/seine-et-marne-2022-2023
 */
#include <spie/spie.h>

#include <stdio.h>
#include <string.h>

#define DIT "\"effet\": {\"debut\": \"2022-05-20\"}, \"source\": {\"nom\": \"saisie\"}, \"contenu\": "
static const char reseau[] =
    "[{\"type\": \"structure\", \"sujets\": [\"structure:s\"], " DIT
    "{\"nom\": \"Maison inventée\", \"code_commune\": \"77288\"}},"
    " {\"type\": \"professionnel\", \"sujets\": [\"professionnel:rene\"], " DIT
    "{\"nom\": \"MODELE\", \"structure\": \"structure:s\"}},"
    " {\"type\": \"adresse\", \"sujets\": [\"personne:aline\"], " DIT "{\"code_commune\": \"77152\"}},"
    " {\"type\": \"entree\", \"sujets\": [\"personne:aline\"], " DIT "{\"motif\": \"orientation\"}},"
    " {\"type\": \"referent\", \"sujets\": [\"personne:aline\"], " DIT
    "{\"role\": \"referent_unique\", \"etape\": \"nomme\", \"professionnel\": \"professionnel:rene\", "
    "\"structure\": \"structure:s\"}}]";

int main(int count, char **arguments) {
  static const char *const roles[] = {"referent"};
  spie_error error = SPIE_ERROR_INIT;
  spie_demand who = SPIE_DEMAND_INIT;
  spie_pack *pack = NULL;
  spie_store *store = NULL;
  spie_desk *desk = NULL;
  char *text = NULL;
  spie_status status;
  if (count != 2) {
    fprintf(stderr, "usage: %s PACK_FOLDER\n", arguments[0]);
    return 2;
  }
  who.actor = "professionnel:rene";
  who.purpose = "accompagnement";
  who.roles = roles;
  who.roles_count = 1;
  who.asked_at = "2022-06-01T08:00:00Z";
  status = spie_pack_load(&pack, arguments[1], NULL, &error);
  if (status == SPIE_OK)
    status = spie_store_memory(&store, NULL, &error);
  if (status == SPIE_OK)
    status = spie_desk_memory(&desk, pack, NULL, &error);
  if (status == SPIE_OK)
    status = spie_store_append(&text, NULL, store, reseau, strlen(reseau), "2022-05-21T00:00:00Z", &error);
  spie_free(text);
  text = NULL;
  if (status == SPIE_OK)
    status = spie_desk_network_record(&text, NULL, desk, store, &who, "structure:s", "2022-06-01", &error);
  if (status == SPIE_OK)
    printf("%s\n", text);
  spie_free(text);
  text = NULL;
  if (status == SPIE_OK)
    status = spie_desk_appointments(&text, NULL, desk, store, &who, "personne:aline", "2022-06-01", NULL, 0, &error);
  if (status == SPIE_OK)
    printf("%s\n", text);
  else
    fprintf(stderr, "%s %s: %s\n", error.code, error.where, error.message);
  spie_free(text);
  spie_desk_free(desk);
  spie_store_free(store);
  spie_pack_free(pack);
  return status == SPIE_OK ? 0 : 1;
}
