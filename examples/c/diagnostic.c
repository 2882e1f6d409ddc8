/* What remains to ask somebody, for a professional who may see her dossier.
 *   diagnostic PACK_FOLDER
 * Argument: packs/seine-et-marne-2022-2023
 */
#include <spie/spie.h>
#include <stdio.h>
#include <string.h>

static spie_error error = SPIE_ERROR_INIT;

static const char events[] =
    "[{\"type\": \"referent\", \"sujets\": [\"personne:aline\"], \"effet\": {\"debut\": \"2022-03-01\"}, "
    "\"auteur\": \"carnet\", \"source\": {\"nom\": \"carnet\"}, \"contenu\": {\"role\": \"referent_unique\", "
    "\"etape\": \"nomme\", \"professionnel\": \"professionnel:rene\"}}, "
    "{\"type\": \"reponse_diagnostic\", \"sujets\": [\"personne:aline\"], \"effet\": {\"debut\": \"2022-03-01\"}, "
    "\"auteur\": \"caf\", \"source\": {\"nom\": \"caf.dsp\"}, \"contenu\": {\"question\": \"dsp.TOPMOYLOCO\", "
    "\"reponse\": \"non\"}}]";

int main(int count, char **arguments) {
  const char *roles[] = {"referent"};
  spie_demand demand = SPIE_DEMAND_INIT;
  spie_pack *pack = NULL;
  spie_store *store = NULL;
  spie_desk *desk = NULL;
  char *recorded = NULL, *questions = NULL, *diagnostic = NULL;
  int failed;
  if (count != 2) {
    fprintf(stderr, "usage: %s PACK_FOLDER\n", arguments[0]);
    return 2;
  }
  demand.actor = "professionnel:rene";
  demand.roles = roles;
  demand.roles_count = 1;
  demand.purpose = "accompagnement";
  demand.asked_at = "2022-04-01T08:00:00Z";
  failed =
      spie_pack_load(&pack, arguments[1], NULL, &error) != SPIE_OK ||
      spie_store_memory(&store, NULL, &error) != SPIE_OK || spie_desk_memory(&desk, pack, NULL, &error) != SPIE_OK ||
      spie_store_append(&recorded, NULL, store, events, strlen(events), "2022-03-05T08:00:00Z", &error) != SPIE_OK ||
      spie_desk_questions(&questions, NULL, desk, store, &demand, "personne:aline", "2022-04-01", NULL, &error) !=
          SPIE_OK ||
      spie_desk_diagnostic(&diagnostic, NULL, desk, store, &demand, "personne:aline", "2022-04-01", NULL, &error) !=
          SPIE_OK;
  if (failed)
    fprintf(stderr, "%s: %s\n", error.code, error.message);
  else
    printf("%s\n%s\n", questions, diagnostic);
  spie_free(recorded);
  spie_free(questions);
  spie_free(diagnostic);
  spie_desk_free(desk);
  spie_store_free(store);
  spie_pack_free(pack);
  return failed;
}
