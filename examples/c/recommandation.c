/* A signed endorsement joined to a badge before that is signed, and verified with it.
 *   recommandation PACK_FOLDER CREDENTIAL.json
 * Arguments: packs/socle-national examples/donnees/attestation.json
 */
#include <spie/spie.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char carnet[] =
    "[{\"type\": \"referent\", \"sujets\": [\"personne:aline\"], \"effet\": {\"debut\": \"2022-03-01\"}, "
    "\"source\": {\"nom\": \"saisie\"}, \"contenu\": {\"role\": \"referent_unique\", \"etape\": \"nomme\", "
    "\"professionnel\": \"professionnel:rene\"}}]";
static const char ajouter[] =
    "{\"acte\": \"passeport.ajouter\", \"sujet\": \"personne:aline\", \"effet\": \"2022-04-01\", "
    "\"contenu\": {\"genre\": \"competence\", \"libelle\": \"Tenir une caisse\"}}";
static const char texte[] = "{\"texte\": \"Elle a tenu la caisse seule.\"}";

static char *read_file(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  char *bytes = malloc(65536);
  *length = 0;
  if (file != NULL && bytes != NULL)
    *length = fread(bytes, 1, 65536, file);
  if (file != NULL)
    fclose(file);
  return bytes;
}

/* The badge that is signed, or NULL. */
static char *issue(const spie_key *key, const char *credential, size_t length, size_t *badge_length,
                   spie_error *error) {
  char *issued = NULL, *badge = NULL;
  size_t issued_length = 0;
  if (spie_badge_issue(&issued, &issued_length, credential, length, key, NULL, 0, "2026-11-28T08:00:00Z", NULL,
                       error) == SPIE_OK)
    spie_json_member(&badge, badge_length, issued, issued_length, "/badge", error);
  spie_free(issued);
  return badge;
}

int main(int count, char **arguments) {
  static const char *const hers[] = {"personne"}, *const his[] = {"referent"}, *const wanted[] = {"avenants"};
  spie_error error = SPIE_ERROR_INIT;
  spie_demand aline = SPIE_DEMAND_INIT, rene = SPIE_DEMAND_INIT;
  spie_badge_options options = SPIE_BADGE_OPTIONS_INIT;
  spie_pack *pack = NULL;
  spie_store *store = NULL;
  spie_desk *desk = NULL;
  spie_key *key = NULL;
  char asked[512], *credential = NULL, *text = NULL, *item = NULL, *which = NULL, *endorsement = NULL, *joined = NULL;
  char *badge = NULL, *report = NULL;
  size_t length = 0, text_length = 0, signed_length = 0, joined_length = 0, badge_length = 0;
  spie_status status;
  if (count != 3) {
    fprintf(stderr, "usage: %s PACK_FOLDER CREDENTIAL.json\n", arguments[0]);
    return 2;
  }
  credential = read_file(arguments[2], &length);
  aline.actor = "personne:aline";
  rene.actor = "professionnel:rene";
  aline.roles = hers;
  rene.roles = his;
  aline.purpose = rene.purpose = "accompagnement";
  aline.roles_count = rene.roles_count = 1;
  aline.asked_at = rene.asked_at = "2022-04-01T08:00:00Z";
  options.at = "2026-11-29T08:00:00Z";
  options.required = wanted;
  options.required_count = 1;
  status = spie_pack_load(&pack, arguments[1], NULL, &error);
  if (status == SPIE_OK)
    status = spie_store_memory(&store, NULL, &error);
  if (status == SPIE_OK)
    status = spie_desk_memory(&desk, pack, NULL, &error);
  if (status == SPIE_OK)
    status = spie_key_generate(&key, "ed25519", &error);
  if (status == SPIE_OK)
    status = spie_store_append(&text, NULL, store, carnet, strlen(carnet), "2022-03-02T08:00:00Z", &error);
  spie_free(text);
  text = NULL;
  /* She adds an item, and asks for the endorsement. */
  if (status == SPIE_OK)
    status = spie_desk_act(&text, &text_length, desk, store, &aline, ajouter, strlen(ajouter), &error);
  if (status == SPIE_OK)
    status = spie_json_member(&item, NULL, text, text_length, "/evenements/0/contenu/id", &error);
  spie_free(text);
  text = NULL;
  if (status == SPIE_OK) {
    snprintf(asked, sizeof asked,
             "{\"acte\": \"recommandation.demander\", \"sujet\": \"personne:aline\", \"effet\": \"2022-04-01\", "
             "\"contenu\": {\"element\": \"%s\", \"nom\": \"Mme Exemple\", \"qualite\": \"tuteur\", "
             "\"badge\": \"urn:uuid:7d3c5f5e-1f63-4b6e-9d39-0d6b0f1c2a11\"}}",
             item);
    status = spie_desk_act(&text, &text_length, desk, store, &aline, asked, strlen(asked), &error);
  }
  if (status == SPIE_OK)
    status = spie_json_member(&which, NULL, text, text_length, "/evenements/0/contenu/id", &error);
  spie_free(text);
  text = NULL;
  /* Its author signs it; it is verified and written down, then joined to the badge. */
  if (status == SPIE_OK)
    status = spie_desk_endorsement(&text, &text_length, desk, store, &rene, "personne:aline", "2022-04-01", which,
                                   texte, strlen(texte), &error);
  if (status == SPIE_OK)
    endorsement = issue(key, text, text_length, &signed_length, &error);
  spie_free(text);
  text = NULL;
  if (status == SPIE_OK)
    status = spie_desk_endorsed(&text, NULL, desk, store, &rene, "personne:aline", "2022-04-01", which, endorsement,
                                signed_length, &options, &error);
  if (status == SPIE_OK)
    status = spie_badge_join(&joined, &joined_length, credential, length, endorsement, signed_length, &error);
  if (status == SPIE_OK)
    badge = issue(key, joined, joined_length, &badge_length, &error);
  if (status == SPIE_OK)
    status = spie_badge_verify(&report, NULL, badge, badge_length, &options, &error);
  if (status == SPIE_OK)
    printf("%s\n", report);
  else
    fprintf(stderr, "%s %s: %s\n", error.code, error.where, error.message);
  spie_free(report);
  spie_free(badge);
  spie_free(joined);
  spie_free(endorsement);
  spie_free(which);
  spie_free(item);
  spie_free(text);
  free(credential);
  spie_key_free(key);
  spie_desk_free(desk);
  spie_store_free(store);
  spie_pack_free(pack);
  return status == SPIE_OK ? 0 : 1;
}
