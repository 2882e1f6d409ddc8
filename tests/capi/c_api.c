/* The C interface from C99, every function at least once: what a program in C sees, and what only C would show (a name
 * that is a keyword, an enum that is not an int, a struct that needs C++).
 *   c_api PACKS_FOLDER */
#include "spie/spie.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures = 0;
static spie_error error = SPIE_ERROR_INIT;

static void expect(int condition, const char *what, int line) {
  if (!condition) {
    ++failures;
    fprintf(stderr, "line %d: %s\n  error: %s at %s: %s\n", line, what, error.code, error.where, error.message);
  }
}
#define EXPECT(condition) expect((condition), #condition, __LINE__)
/* A call that gives a text: it succeeds, and the text holds `part`. */
#define GIVES(call, part)                                                                                              \
  do {                                                                                                                 \
    char *text = NULL;                                                                                                 \
    size_t length = 0;                                                                                                 \
    EXPECT((call) == SPIE_OK);                                                                                         \
    EXPECT(text != NULL && strlen(text) == length && strstr(text, (part)) != NULL);                                    \
    spie_free(text);                                                                                                   \
  } while (0)

static const char facts[] =
    "{\"beneficiaire\": {\"rsa\": \"oui\", \"reside_departement\": \"oui\","
    " \"territoire_rural\": \"oui\"}, \"freins\": [{\"code\": \"mobilite\", \"reponse\": \"oui\"},"
    " {\"code\": \"formation\", \"reponse\": \"oui\"}]}";
static const char ledger_csv[] =
    "id;date;action;nature;libelle;fournisseur;montant;axe;date_paiement;piece;necessaire;cofinancement;"
    "montant_cofinance\n"
    "D-1;2022-04-11;concertation_usagers;ingenierie;Ateliers;Atelier;1 234,50;1;2022-05-20;F-1;;;\n";
static const char payments_csv[] = "date;montant;libelle\n2022-03-24;1000,25;Premier versement\n";
static const char model_xml[] =
    "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"m\" name=\"M\" namespace=\"urn:m\">"
    "<inputData id=\"i\" name=\"a\"><variable name=\"a\" typeRef=\"number\"/></inputData>"
    "<decision id=\"d\" name=\"double\"><variable name=\"double\" typeRef=\"number\"/>"
    "<informationRequirement><requiredInput href=\"#i\"/></informationRequirement>"
    "<literalExpression><text>a * 2</text></literalExpression></decision>"
    "<decisionService id=\"s\" name=\"service\"><outputDecision href=\"#d\"/><inputData href=\"#i\"/></decisionService>"
    "</definitions>";

static void library(void) {
  EXPECT(strcmp(spie_version(), "0.1.0") == 0);
  GIVES(spie_codes(&text, &length, &error), "\"A001\"");
  GIVES(spie_json_member(&text, &length, "{\"a\": [1, 2.50]}", 16, "/a/1", &error), "2.50");
  GIVES(spie_without_nir(&text, &length, "2900577990123", 13, &error), "2");
  {
    char *text = NULL;
    spie_status status = spie_bundled_packs(&text, NULL, &error);
    EXPECT(status == SPIE_OK || status == SPIE_ERROR_PACK);
    spie_free(text);
  }
}

static void packs(const spie_pack *pack, const char *folder) {
  EXPECT(strcmp(spie_pack_id(pack), "seine-et-marne-2022-2023") == 0);
  EXPECT(spie_pack_version(pack) != NULL && spie_pack_title(pack) != NULL);
  EXPECT(strlen(spie_pack_sha256(pack)) == 64);
  GIVES(spie_pack_describe(&text, &length, pack, &error), "\"socle-national\"");
  GIVES(spie_pack_decisions(&text, &length, pack, &error), "\"verdict_depense\"");
  GIVES(spie_pack_parameters(&text, &length, pack, &error), "\"taux_plafond_frais\"");
  GIVES(spie_pack_parameter_at(&text, &length, pack, "montant_maximal_etat", "2022-06-01", &error), "496000.00");
  GIVES(spie_pack_articles(&text, &length, pack, &error), "\"art-4.2-al2\"");
  GIVES(spie_pack_cases(&text, &length, pack, &error), "\"entree-rsa-rural\"");
  GIVES(spie_pack_data(&text, &length, pack, "budget", &error), "\"annexe-c\"");
  GIVES(spie_pack_check(&text, &length, pack, &error), "[");
  GIVES(spie_pack_check_folder(&text, &length, folder, NULL, &error), "[");
  GIVES(spie_pack_run_cases(&text, &length, pack, &error), "\"reussi\":true");
  {
    static const char manifest[] = "{\"id\": 3}";
    spie_file files[1];
    spie_pack *refused = NULL;
    files[0].name = "pack.json";
    files[0].bytes = manifest;
    files[0].length = sizeof manifest - 1;
    EXPECT(spie_pack_from_files(&refused, files, 1, NULL, 0, &error) == SPIE_ERROR_PACK);
    EXPECT(refused == NULL && error.findings > 1 && error.remedy[0] != '\0');
    GIVES(spie_pack_check_files(&text, &length, files, 1, NULL, 0, &error), "\"P002\"");
  }
}

static void decisions(const spie_pack *pack) {
  spie_evaluate_options options = SPIE_EVALUATE_OPTIONS_INIT;
  spie_decision *decision = NULL;
  EXPECT(spie_pack_decision(&decision, pack, "entree", &error) == SPIE_OK);
  GIVES(spie_decision_facts(&text, &length, decision, &error), "\"beneficiaire.rsa\"");
  GIVES(spie_decision_describe(&text, &length, decision, &error), "\"kind\"");
  options.trace = 1;
  options.explanation = 1;
  GIVES(spie_decision_evaluate(&text, &length, decision, facts, sizeof facts - 1, "2022-06-01", &options, &error),
        "\"explication\"");
  GIVES(spie_decision_explain(&text, &length, decision, facts, sizeof facts - 1, "2022-06-01", NULL, &error), "\n");
  spie_decision_free(decision);
  decision = NULL;
  EXPECT(spie_pack_decision(&decision, pack, "entre", &error) == SPIE_ERROR_DMN && decision == NULL);
}

static void feel(void) {
  spie_expression *expression = NULL;
  const char *names[1];
  const char variables[] = "{\"prix\": 1234.50}";
  const char tested[] = "{\"?\": 7}";
  names[0] = "prix";
  EXPECT(spie_expression_compile(&expression, "prix * 2", 8, names, 1, &error) == SPIE_OK);
  GIVES(spie_expression_evaluate(&text, &length, expression, variables, sizeof variables - 1, NULL, &error),
        "\"valeur\":2469.00");
  spie_expression_free(expression);
  expression = NULL;
  EXPECT(spie_expression_compile_tests(&expression, "< 10", 4, NULL, 0, &error) == SPIE_OK);
  GIVES(spie_expression_evaluate(&text, &length, expression, tested, sizeof tested - 1, NULL, &error),
        "\"valeur\":true");
  spie_expression_free(expression);
  GIVES(spie_feel_evaluate(&text, &length, "1.5 + 1", 7, NULL, 0, NULL, &error), "\"valeur\":2.5");
}

static void models(void) {
  spie_model *model = NULL;
  spie_prepared *prepared = NULL;
  const char inputs[] = "{\"a\": 1.25}";
  spie_file files[1];
  files[0].name = "m.dmn";
  files[0].bytes = model_xml;
  files[0].length = sizeof model_xml - 1;
  EXPECT(spie_model_from_files(&model, files, 1, NULL, &error) == SPIE_OK);
  GIVES(spie_model_check_files(&text, &length, files, 1, &error), "[");
  GIVES(spie_model_describe(&text, &length, model, &error), "\"double\"");
  GIVES(spie_model_facts(&text, &length, model, "double", NULL, &error), "\"chemin\":\"a\"");
  GIVES(spie_model_evaluate(&text, &length, model, "double", inputs, sizeof inputs - 1, NULL, &error),
        "\"valeur\":2.50");
  GIVES(spie_model_evaluate_service(&text, &length, model, "service", inputs, sizeof inputs - 1, NULL, &error),
        "\"valeur\":2.50");
  EXPECT(spie_model_decision(&prepared, model, "double", NULL, &error) == SPIE_OK);
  GIVES(spie_prepared_evaluate(&text, &length, prepared, inputs, sizeof inputs - 1, NULL, &error), "\"valeur\":2.50");
  spie_prepared_free(prepared);
  spie_model_free(model);
}

static void money(const spie_pack *pack) {
  spie_read_options reading = SPIE_READ_OPTIONS_INIT;
  spie_convention_options options = SPIE_CONVENTION_OPTIONS_INIT;
  spie_ledger *ledger = NULL;
  spie_payments *payments = NULL;
  const char signature[] = "{\"date_signature\": {\"@date\": \"2022-03-10\"}}";
  reading.name = "registre.csv";
  EXPECT(spie_ledger_read(&ledger, pack, ledger_csv, sizeof ledger_csv - 1, &reading, &error) == SPIE_OK);
  EXPECT(spie_payments_read(&payments, payments_csv, sizeof payments_csv - 1, NULL, &error) == SPIE_OK);
  GIVES(spie_ledger_json(&text, &length, ledger, &error), "\"1234.50\"");
  GIVES(spie_payments_json(&text, &length, payments, &error), "\"1000.25\"");
  GIVES(spie_convention_budget(&text, &length, pack, NULL, SPIE_FORMAT_JSON, &error), "\"620000.00\"");
  GIVES(spie_convention_statement(&text, &length, pack, ledger, payments, "2023-12-31", NULL, SPIE_FORMAT_JSON, &error),
        "\"depenses_eligibles\":\"1234.50\"");
  GIVES(spie_convention_statement(&text, &length, pack, ledger, payments, "2023-12-31", NULL, SPIE_FORMAT_CSV, &error),
        "1234,50");
  GIVES(spie_convention_control(&text, &length, pack, ledger, payments, 2022, NULL, SPIE_FORMAT_JSON, &error),
        "\"conforme\"");
  options.facts = signature;
  options.facts_length = sizeof signature - 1;
  GIVES(spie_convention_schedule(&text, &length, pack, "2022-04-01", &options, SPIE_FORMAT_CSV, &error), "2022-03-25");
  spie_payments_free(payments);
  spie_ledger_free(ledger);
}

static int32_t tell(void *context, int64_t records) {
  EXPECT(context == NULL && records > 0);
  return 0;
}

static void dossiers(const char *folder, const spie_pack *pack) {
  static const char events[] =
      "[{\"id\": \"e-1\", \"type\": \"identite\", \"sujets\": [\"personne:aline\"], \"effet\": {\"debut\": "
      "\"2022-01-01\"},"
      " \"auteur\": \"a\", \"source\": {\"nom\": \"saisie\"}, \"contenu\": {\"nom\": \"EXEMPLE\", \"prenom\": "
      "\"Aline\"}},"
      " {\"type\": \"rattachement\", \"id\": \"r-1\", \"sujets\": [\"personne:driss\"], \"effet\": {\"debut\": "
      "\"2022-01-01\"},"
      " \"auteur\": \"a\", \"source\": {\"nom\": \"carnet\"}, \"contenu\": {\"cle\": \"K\", \"regle\": \"nouveau\"}}]";
  static const char corrected[] = "{\"contenu\": {\"nom\": \"EXEMPLE\", \"prenom\": \"Alice\"}}";
  spie_store_options options = SPIE_STORE_OPTIONS_INIT;
  spie_import_options importing = SPIE_IMPORT_OPTIONS_INIT;
  spie_act act = SPIE_ACT_INIT;
  spie_store *store = NULL;
  char lists[4200];
  char *keys = NULL, *turned = NULL, *merge = NULL;
  char id[17] = "", path[4200];
  act.author = "a";
  act.recorded_at = "2022-04-01T10:00:00Z";
  GIVES(spie_event_types(&text, &length, &error), "\"cardinalite\"");
  EXPECT(spie_store_keys(&keys, NULL, &error) == SPIE_OK);
  EXPECT(spie_store_rotate_keys(&turned, NULL, keys, strlen(keys), &error) == SPIE_OK);
  snprintf(lists, sizeof lists, "%s/../../nomenclatures", folder);
  /* A path that cannot be: what a file holds is tested in store_test.cpp. */
  snprintf(path, sizeof path, "%s/pack.json/dossiers.db", folder);
  EXPECT(spie_store_create(&store, path, keys, strlen(keys), &options, &error) == SPIE_ERROR_STORE && store == NULL);
  EXPECT(spie_store_open(&store, path, keys, strlen(keys), &options, &error) == SPIE_ERROR_STORE && store == NULL);

  EXPECT(spie_store_memory(&store, NULL, &error) == SPIE_OK);
  GIVES(spie_store_append(&text, &length, store, events, sizeof events - 1, "2022-03-05T12:00:00Z", &error),
        "\"seq\":2");
  GIVES(spie_store_events(&text, &length, store, "personne:aline", &error), "\"e-1\"");
  GIVES(spie_store_event(&text, &length, store, "e-1", &error), "\"2022-03-05T12:00:00.000Z\"");
  GIVES(spie_dossier_situation(&text, &length, store, "personne:aline", "2022-02-01", NULL, pack, &error),
        "\"source_unique\"");
  GIVES(spie_dossier_values(&text, &length, store, "personne:aline", "2022-02-01", "#1", NULL, &error),
        "{\"identite\":{\"nom\":\"EXEMPLE\"");
  GIVES(spie_dossier_history(&text, &length, store, "personne:aline", "identite.nom", NULL, &error), "\"compte\":true");
  GIVES(spie_dossier_compare(&text, &length, store, "personne:aline", "2021-01-01", NULL, "2022-02-01", NULL, NULL,
                             &error),
        "\"avant\":null");
  GIVES(spie_dossier_find(&text, &length, store, "nom", "exem", 10, &error), "[\"personne:aline\"]");
  GIVES(spie_dossier_correct(&text, &length, store, "e-1", corrected, sizeof corrected - 1, &act, &error),
        "\"evenement\"");
  GIVES(spie_dossier_detach(&text, &length, store, "r-1", &act, &error), "\"dossier\":\"personne:");
  EXPECT(spie_dossier_merge(&merge, NULL, store, "personne:aline", "personne:driss", &act, &error) == SPIE_OK);
  EXPECT(merge != NULL && sscanf(merge, "{\"evenement\":\"%16[0-9a-z]\"}", id) == 1);
  GIVES(spie_dossier_merged_since(&text, &length, store, id, &error), "[]");
  EXPECT(spie_dossier_unmerge(store, id, "[]", 2, &act, &error) == SPIE_OK);
  GIVES(spie_dossier_erase(&text, &length, store, "personne:aline", &act, &error), "\"jeton\"");
  EXPECT(spie_store_scrub(store, &error) == SPIE_OK);
  importing.author = "a";
  importing.recorded_at = "2022-05-01T10:00:00Z";
  importing.nomenclatures = lists;
  importing.progress = tell;
  GIVES(spie_import_formats(&text, &length, &error), "\"vrsb\"");
  GIVES(spie_import(&text, &length, store, "vrsb", NULL, "<x/>", 4, &importing, &error), "\"clos\":false");
  GIVES(spie_store_erasures(&text, &length, store, &error), "\"jeton\"");
  GIVES(spie_store_replay(&text, &length, store, "[]", 2, "a", "2022-04-01T10:00:00Z", &error), "{\"effacements\":0}");
  GIVES(spie_store_head(&text, &length, store, &error), "\"maillon\"");
  GIVES(spie_store_verify(&text, &length, store, NULL, &error), "\"intact\":true");
  EXPECT(spie_store_backup(store, path, &error) == SPIE_ERROR_STORE && strcmp(error.code, "S008") == 0);
  EXPECT(spie_store_adopt_keys(store, turned, strlen(turned), &error) == SPIE_ERROR_STORE);
  spie_store_free(store);
  spie_free(keys);
  spie_free(turned);
  spie_free(merge);
}

static void rights(const spie_pack *pack) {
  static const char events[] =
      "[{\"type\": \"entree\", \"sujets\": [\"personne:aline\"], \"effet\": {\"debut\": \"2022-03-05\"},"
      " \"auteur\": \"a\", \"source\": {\"nom\": \"saisie\"}, \"contenu\": {}}]";
  static const char *const roles[] = {"personne"};
  const char *who = "personne:aline", *day = "2022-04-01";
  spie_store_options options = SPIE_STORE_OPTIONS_INIT;
  spie_demand demand = SPIE_DEMAND_INIT;
  spie_act act = SPIE_ACT_INIT;
  spie_store *store = NULL;
  spie_desk *desk = NULL;
  char *none = NULL;
  demand.actor = who;
  demand.roles = roles;
  demand.roles_count = 1;
  demand.purpose = "droit_acces";
  demand.asked_at = "2022-04-01T08:00:00Z";
  act.author = "a";
  act.recorded_at = "2024-03-06T12:00:00Z";
  act.effect = "2024-02-04";
  EXPECT(spie_store_memory(&store, NULL, &error) == SPIE_OK);
  GIVES(spie_store_append(&text, &length, store, events, sizeof events - 1, "2022-03-05T12:00:00Z", &error), "\"id\"");
  EXPECT(spie_desk_create(&desk, pack, "x", "no keys", 7, &options, &error) == SPIE_ERROR_STORE && desk == NULL);
  EXPECT(spie_desk_open(&desk, pack, "x", "no keys", 7, &options, &error) == SPIE_ERROR_STORE && desk == NULL);
  EXPECT(spie_desk_memory(&desk, pack, NULL, &error) == SPIE_OK);
  GIVES(spie_desk_view(&text, &length, desk, store, &demand, who, day, NULL, &error), "\"role\":\"personne\"");
  GIVES(spie_desk_history(&text, &length, desk, store, &demand, who, "entree", NULL, &error), "\"historique\"");
  GIVES(spie_desk_compare(&text, &length, desk, store, &demand, who, day, NULL, day, NULL, &error),
        "\"differences\":[]");
  GIVES(spie_desk_search(&text, &length, desk, store, &demand, "exem", day, 0, &error), "[]");
  GIVES(spie_desk_duplicates(&text, &length, desk, store, &demand, who, &error), "[]");
  GIVES(spie_desk_duplicates(&text, &length, desk, store, &demand, NULL, &error), "[]");
  GIVES(spie_desk_names(&text, &length, desk, store, &demand, "[]", 2, &error), "[]");
  GIVES(spie_desk_list(&text, &length, desk, store, &demand, NULL, 1, &error), "\"page\"");
  GIVES(spie_retention_doubles(&text, &length, store, "[]", 2, &error), "[]");
  GIVES(spie_desk_access(&text, &length, desk, store, &demand, who, day, &error), "\"evenements\"");
  GIVES(spie_desk_accesses(&text, &length, desk, store, &demand, who, &error), "\"operation\":\"acces\"");
  EXPECT(spie_desk_permit(&none, NULL, desk, store, &demand, "corriger", "[]", 2, &error) == SPIE_ERROR_RIGHTS);
  EXPECT(spie_desk_declassify(&none, NULL, desk, store, &demand, who, "e-1", "nom", NULL, &error) == SPIE_ERROR_RIGHTS);
  GIVES(spie_desk_verify(&text, &length, desk, NULL, NULL, &error), "\"place\":null");
  GIVES(spie_desk_verify(&text, &length, desk, store, NULL, &error), "\"intact\":");
  EXPECT(spie_desk_mend_clock(&none, NULL, desk, &act, &error) == SPIE_ERROR_DOSSIER);
  EXPECT(spie_store_mend_clock(&none, NULL, store, &act, &error) == SPIE_ERROR_DOSSIER);
  GIVES(spie_desk_purge(&text, &length, desk, "2022-04-02", &error), "{\"purges\":0}");
  EXPECT(spie_retention_warn(store, who, &act, &error) == SPIE_OK);
  GIVES(spie_retention_due(&text, &length, store, pack, NULL, "2024-03-06", &error), "\"a_effacer\"");
  act.effect = NULL;
  GIVES(spie_retention_erase(&text, &length, store, pack, NULL, &act, &error), "\"personnes\":1");
  GIVES(spie_retention_frozen(&text, &length, store, &error), "\"gels\"");
  EXPECT(spie_retention_restore(&none, NULL, store, "[1]", 3, &act, &error) == SPIE_ERROR_RIGHTS);
  spie_desk_free(desk);
  spie_store_free(store);
}

int main(int count, char **arguments) {
  const char *wanted = getenv("SPIE_TEST_LOCALE");
  spie_pack *pack = NULL;
  char folder[4096];
  if (count != 2) {
    fprintf(stderr, "usage: %s PACKS_FOLDER\n", arguments[0]);
    return 2;
  }
  if (wanted != NULL && setlocale(LC_ALL, wanted) == NULL) {
    fprintf(stderr, "the locale %s is not installed\n", wanted);
    return 77;
  }
  snprintf(folder, sizeof folder, "%s/seine-et-marne-2022-2023", arguments[1]);
  library();
  feel();
  models();
  if (spie_pack_load(&pack, folder, NULL, &error) != SPIE_OK) {
    EXPECT(!"the pack loads");
    return 1;
  }
  packs(pack, folder);
  decisions(pack);
  money(pack);
  dossiers(folder, pack);
  rights(pack);
  spie_pack_free(pack);
  if (failures == 0)
    puts("the C interface works from C");
  return failures == 0 ? 0 : 1;
}
