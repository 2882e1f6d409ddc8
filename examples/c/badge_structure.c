/* The label of a structure as a badge: signed, written down.
 *   badge_structure PACK_FOLDER
 * Argument: packs/seine-et-marne-2022-2023
 */
#include <spie/spie.h>

#include <stdio.h>
#include <string.h>

#define DIT "\"effet\": {\"debut\": \"2022-06-01\"}, \"source\": {\"nom\": \"saisie\"}, \"contenu\": "
static const char reseau[] =
    "[{\"type\": \"structure\", \"sujets\": [\"structure:s\"], " DIT "{\"nom\": \"Maison inventée\"}},"
    " {\"type\": \"professionnel\", \"sujets\": [\"professionnel:rene\"], " DIT
    "{\"nom\": \"MODELE\", \"structure\": \"structure:s\"}},"
    " {\"type\": \"formation_pro\", \"sujets\": [\"professionnel:rene\"], " DIT
    "{\"id\": \"F1\", \"module\": \"diagnostic_partage\", \"etape\": \"suivie\"}},"
    " {\"type\": \"label\", \"sujets\": [\"structure:s\"], " DIT
    "{\"etape\": \"accorde\", \"suivi_plus_six_mois\": \"oui\", "
    "\"criteres\": [\"accueil_tous_publics\", \"diagnostic_partage\", \"carnet_tenu\"]}}]";

int main(int count, char **arguments) {
  static const char *const roles[] = {"gestionnaire"};
  static const char asked[] = "{\"code\": \"label_spie\"}";
  spie_error error = SPIE_ERROR_INIT;
  spie_demand who = SPIE_DEMAND_INIT;
  spie_pack *pack = NULL;
  spie_store *store = NULL;
  spie_desk *desk = NULL;
  spie_key *key = NULL;
  char *text = NULL, *credential = NULL, *issued = NULL, *badge = NULL, *told = NULL;
  size_t length = 0, issued_length = 0, badge_length = 0;
  spie_status status;
  if (count != 2) {
    fprintf(stderr, "usage: %s PACK_FOLDER\n", arguments[0]);
    return 2;
  }
  who.actor = "professionnel:gina";
  who.purpose = "gestion";
  who.roles = roles;
  who.roles_count = 1;
  who.asked_at = "2022-06-01T09:00:00Z";
  status = spie_pack_load(&pack, arguments[1], NULL, &error);
  if (status == SPIE_OK)
    status = spie_store_memory(&store, NULL, &error);
  if (status == SPIE_OK)
    status = spie_desk_memory(&desk, pack, NULL, &error);
  if (status == SPIE_OK)
    status = spie_key_generate(&key, "ed25519", &error);
  if (status == SPIE_OK)
    status = spie_store_append(&text, NULL, store, reseau, strlen(reseau), "2022-06-01T08:00:00Z", &error);
  if (status == SPIE_OK)
    status = spie_desk_structure_credential(&credential, &length, desk, store, &who, "structure:s", "2022-06-01", asked,
                                            strlen(asked), &error);
  if (status == SPIE_OK)
    status = spie_badge_issue(&issued, &issued_length, credential, length, key, NULL, 0, "2022-06-01T09:00:00Z", NULL,
                              &error);
  if (status == SPIE_OK)
    status = spie_json_member(&badge, &badge_length, issued, issued_length, "/badge", &error);
  spie_free(text);
  text = NULL;
  if (status == SPIE_OK)
    status = spie_desk_structure_issued(&text, NULL, desk, store, &who, "structure:s", "2022-06-01", "label_spie",
                                        badge, badge_length, &error);
  if (status == SPIE_OK)
    status = spie_desk_structure_badges(&told, NULL, desk, store, &who, "structure:s", "2022-06-01", &error);
  if (status == SPIE_OK)
    printf("%s\n", told);
  else
    fprintf(stderr, "%s %s: %s\n", error.code, error.where, error.message);
  spie_free(told);
  spie_free(badge);
  spie_free(issued);
  spie_free(credential);
  spie_free(text);
  spie_key_free(key);
  spie_desk_free(desk);
  spie_store_free(store);
  spie_pack_free(pack);
  return status == SPIE_OK ? 0 : 1;
}
