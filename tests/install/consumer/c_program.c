/* Finds the installed packs, evaluates one of their decisions and a FEEL expression. */
#include <spie/spie.h>

#include <stdio.h>
#include <string.h>

int main(void) {
  const char *feel = "1.10 + 2.20";
  const char *facts = "{\"date_signature\": {\"@date\": \"2022-12-20\"}}";
  spie_error error = SPIE_ERROR_INIT;
  spie_pack *pack = NULL;
  spie_decision *decision = NULL;
  char *packs = NULL, *value = NULL, *result = NULL;
  const char *start;
  char folder[1024] = "";
  int failed = spie_bundled_packs(&packs, NULL, &error) != SPIE_OK;
  if (!failed && (start = strstr(packs, "\"dossier\":\"")) != NULL) {
    sscanf(start, "\"dossier\":\"%900[^\"]", folder);
    strcat(folder, "/seine-et-marne-2022-2023");
  }
  failed = failed || spie_pack_load(&pack, folder, NULL, &error) ||
           spie_pack_decision(&decision, pack, "date_premier_versement", &error) ||
           spie_decision_evaluate(&result, NULL, decision, facts, strlen(facts), "2022-12-20", NULL, &error) ||
           spie_feel_evaluate(&value, NULL, feel, strlen(feel), NULL, 0, NULL, &error);
  if (failed)
    fprintf(stderr, "%s %s %s (packs: %s)\n", error.code, error.message, error.where, packs == NULL ? "" : packs);
  else
    printf("spie %s\n%s\n%s\n", spie_version(), result, value);
  failed = failed || strstr(result, "2023-01-04") == NULL || strstr(value, "3.3") == NULL;
  spie_free(value);
  spie_free(result);
  spie_free(packs);
  spie_decision_free(decision);
  spie_pack_free(pack);
  return failed;
}
