/* The example of the README. Arguments: packs/seine-et-marne-2022-2023 */
#include <spie/spie.h>
#include <stdio.h>
#include <string.h>

int main(int count, char **arguments) {
  const char *facts = "{\"date_signature\": {\"@date\": \"2022-12-20\"}}";
  spie_error error = SPIE_ERROR_INIT;
  spie_pack *pack = NULL;
  spie_decision *decision = NULL;
  char *result = NULL, *date = NULL;
  int failed = count != 2 || spie_pack_load(&pack, arguments[1], NULL, &error) ||
               spie_pack_decision(&decision, pack, "date_premier_versement", &error) ||
               spie_decision_evaluate(&result, NULL, decision, facts, strlen(facts), "2022-12-20", NULL, &error) ||
               spie_json_member(&date, NULL, result, strlen(result), "/valeur", &error);
  puts(failed ? error.message : date); /* 2023-01-04 */
  spie_free(date), spie_free(result);
  spie_decision_free(decision);
  spie_pack_free(pack);
  return failed;
}
