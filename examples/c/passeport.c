/* An item of a passport, shared: what leaves is a badge signed for that share, and an event.
 *   passeport PACK_FOLDER
 * Argument: packs/socle-national
 */
#include <spie/spie.h>

#include <stdio.h>
#include <string.h>

static const char dossier[] =
    "[{\"type\": \"identite\", \"sujets\": [\"personne:aline\"], \"effet\": {\"debut\": \"2022-03-01\"}, "
    "\"source\": {\"nom\": \"saisie\"}, \"contenu\": {\"nom\": \"EXEMPLE\", \"prenom\": \"Aline\"}},"
    " {\"type\": \"element_passeport\", \"sujets\": [\"personne:aline\"], \"effet\": {\"debut\": \"2022-03-01\"}, "
    "\"source\": {\"nom\": \"saisie\"}, \"contenu\": {\"id\": \"e1\", \"etape\": \"ajoute\", \"genre\": "
    "\"competence\", "
    "\"code_rome\": \"300465\", \"nature_rome\": \"competence\", \"version_rome\": \"v460\"}},"
    " {\"type\": \"partage_passeport\", \"sujets\": [\"personne:aline\"], \"effet\": {\"debut\": \"2022-03-01\"}, "
    "\"source\": {\"nom\": \"saisie\"}, \"contenu\": {\"id\": \"p1\", \"etape\": \"ouvert\", \"destinataire\": "
    "\"Boulangerie\", \"finalite\": \"candidature\", \"fin\": {\"@date\": \"2022-07-01\"}, \"elements\": [\"e1\"]}}]";
static const char asked[] = "{\"partage\": \"p1\", \"forme\": \"badges\"}";

int main(int count, char **arguments) {
  static const char *const roles[] = {"personne"};
  spie_error error = SPIE_ERROR_INIT;
  spie_demand who = SPIE_DEMAND_INIT;
  spie_passport_signing signing = SPIE_PASSPORT_SIGNING_INIT;
  spie_pack *pack = NULL;
  spie_store *store = NULL;
  spie_desk *desk = NULL;
  spie_key *key = NULL;
  char *text = NULL;
  spie_status status;
  if (count != 2) {
    fprintf(stderr, "usage: %s PACK_FOLDER\n", arguments[0]);
    return 2;
  }
  who.actor = "personne:aline";
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
    status = spie_key_generate(&key, "ed25519", &error);
  if (status == SPIE_OK)
    status = spie_store_append(&text, NULL, store, dossier, strlen(dossier), "2022-03-02T08:00:00Z", &error);
  spie_free(text);
  text = NULL;
  signing.key = key;
  signing.at = "2022-04-01T08:00:00Z";
  signing.name = "Mission locale inventée";
  if (status == SPIE_OK)
    status = spie_desk_passport_hand_over(&text, NULL, desk, store, &who, "personne:aline", "2022-04-01", asked,
                                          strlen(asked), &signing, &error);
  if (status == SPIE_OK)
    printf("%s\n", text);
  else
    fprintf(stderr, "%s %s: %s\n", error.code, error.where, error.message);
  spie_free(text);
  spie_key_free(key);
  spie_desk_free(desk);
  spie_store_free(store);
  spie_pack_free(pack);
  return status == SPIE_OK ? 0 : 1;
}
