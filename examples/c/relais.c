/* A relay is asked for; what it still waits for is told, with who can give it.
 *   relais PACK_FOLDER
 * Argument: packs/socle-national
 */
#include <spie/spie.h>

#include <stdio.h>
#include <string.h>

static const char dossier[] =
    "[{\"type\": \"identite\", \"sujets\": [\"personne:aline\"], \"effet\": {\"debut\": \"2022-03-01\"}, "
    "\"source\": {\"nom\": \"saisie\"}, \"contenu\": {\"nom\": \"EXEMPLE\", \"prenom\": \"Aline\"}},"
    " {\"type\": \"referent\", \"sujets\": [\"personne:aline\"], \"effet\": {\"debut\": \"2022-03-01\"}, "
    "\"source\": {\"nom\": \"saisie\"}, \"contenu\": {\"role\": \"referent_unique\", \"etape\": \"nomme\", "
    "\"professionnel\": \"professionnel:rene\"}},"
    " {\"type\": \"professionnel\", \"sujets\": [\"professionnel:paul\"], \"effet\": {\"debut\": \"2022-03-01\"}, "
    "\"source\": {\"nom\": \"saisie\"}, \"contenu\": {\"nom\": \"MODELE\"}}]";
static const char relais[] =
    "{\"acte\": \"relais.demander\", \"sujet\": \"personne:aline\", \"effet\": \"2022-04-01\", "
    "\"contenu\": {\"vers\": \"professionnel:paul\", \"motif\": \"demenagement\"}}";

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
  who.asked_at = "2022-04-01T08:00:00Z";
  status = spie_pack_load(&pack, arguments[1], NULL, &error);
  if (status == SPIE_OK)
    status = spie_store_memory(&store, NULL, &error);
  if (status == SPIE_OK)
    status = spie_desk_memory(&desk, pack, NULL, &error);
  if (status == SPIE_OK)
    status = spie_store_append(&text, NULL, store, dossier, strlen(dossier), "2022-03-02T08:00:00Z", &error);
  spie_free(text);
  text = NULL;
  if (status == SPIE_OK)
    status = spie_desk_act(&text, NULL, desk, store, &who, relais, strlen(relais), &error);
  spie_free(text);
  text = NULL;
  if (status == SPIE_OK)
    status = spie_desk_relays(&text, NULL, desk, store, &who, "personne:aline", &error);
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
