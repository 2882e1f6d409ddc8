/* spie.h: the C interface of spie, the only one with a promise of binary stability (docs/c-abi.md).
 *
 * It evaluates decisions written as data: packs (policy with its articles, parameters and cases), DMN models alone,
 * FEEL expressions alone, and the money of an insertion convention (ledger, statement, control, schedule). It keeps the
 * dossiers of people as a journal of dated events, and says what was true of one at a date, as far as it was known.
 *
 * Calls. A function that can fail returns a spie_status, SPIE_OK being zero, and takes a caller-owned spie_error
 * last; NULL there says that the details are not wanted. Results come first, through pointers: on failure a handle or
 * a text is NULL and a length 0. No exception crosses, whatever is given.
 *
 * Codes. Any call may give A001 (a NULL where a value is needed, a text that is not UTF-8, a date that is none), A002
 * and A003; one that reads a JSON argument, J001 to J004. The rest stands with each function, "D…" and "F…" being
 * any code of a model and of FEEL. spie_codes tells what they mean.
 *
 * Ownership. What a function hands over through a non-const pointer is the caller's: a handle goes back to the _free
 * of its type, a text to spie_free; each accepts NULL. What it returns as a const pointer belongs to the handle
 * asked. Arguments are read during the call and never kept. A handle keeps alive what it was made from, so that
 * handles may be freed in any order.
 *
 * Threads. Nothing is global. A handle is immutable, but for a spie_store and a spie_desk: any number of threads may
 * use one at once; free it when none does. A store and a desk take one call at a time: those of other threads wait for
 * its end, however long it lasts. To read while an import runs, open the file a second time.
 *
 * Text. UTF-8. Names and dates are NUL-terminated; a document is a pointer and a length in bytes. A text handed over
 * is NUL-terminated too, and its length, which does not count the NUL, may be left out (NULL).
 *
 * Dates. ISO 8601: "2022-06-01". Nothing reads the clock, the locale, the environment or the network.
 *
 * JSON. Numbers are exact decimals of up to 34 digits. What JSON lacks is tagged: {"@date": "2022-06-01"}, {"@time":
 * "10:30:00"}, {"@datetime": "2022-06-01T10:30:00Z"}, {"@duration": "P15D"} or {"@duration": "P3M"}, {"@range":
 * "[1..5)"}, {"@number": "1E+400"} for what a double cannot hold. Keys are those of Python's to_dict(). A finding is
 * {"code", "level": "error" | "warning" | "note", "message", "where", "remedy", "signification", "remede", "details",
 * "suggestion"}; the last four are for those who read French: what is wrong, what to do about it, the words at fault as
 * they were written, and what was probably meant or, separated by ", ", all that is allowed; empty where there is none.
 * Records such as a statement have a JSON Schema each, with what their fields mean, in docs/schemas/resultats.
 *
 * Options. A struct of options begins with its own size; make it with its _INIT macro, or set struct_size and zero
 * the rest, which gives the defaults. NULL gives the defaults too.
 */
#ifndef SPIE_SPIE_H
#define SPIE_SPIE_H

#include <stddef.h>
#include <stdint.h>

#define SPIE_VERSION_MAJOR 0
#define SPIE_VERSION_MINOR 1
#define SPIE_VERSION_PATCH 0

#if defined(__GNUC__)
#define SPIE_API __attribute__((visibility("default")))
#else
#define SPIE_API
#endif

/* clang-format off */
#define SPIE_ERROR_INIT {sizeof(spie_error), "", 0, "", "", ""}
#define SPIE_PACK_OPTIONS_INIT {sizeof(spie_pack_options), NULL, 0, NULL}
#define SPIE_EVALUATE_OPTIONS_INIT {sizeof(spie_evaluate_options), 0, 0, 0, NULL, 0, NULL, NULL}
#define SPIE_FEEL_OPTIONS_INIT {sizeof(spie_feel_options), NULL, NULL, NULL, NULL}
#define SPIE_MODEL_OPTIONS_INIT {sizeof(spie_model_options), 0, NULL, 0, 0, NULL}
#define SPIE_LIMITS_INIT {sizeof(spie_limits), 0, 0, 0, 0, 0}
#define SPIE_MODEL_EVALUATE_OPTIONS_INIT {sizeof(spie_model_evaluate_options), 0, NULL, NULL, 0, NULL, NULL}
#define SPIE_TABLE_OPTIONS_INIT {sizeof(spie_table_options), NULL, 0, 0, NULL, 0, 0, 0, 0, NULL, 0, NULL, NULL, 0, NULL, \
                                 NULL, NULL, NULL, NULL}
#define SPIE_ANALYSIS_OPTIONS_INIT {sizeof(spie_analysis_options), NULL, 0, 0}
#define SPIE_READ_OPTIONS_INIT {sizeof(spie_read_options), NULL, 0, 0, NULL}
#define SPIE_CONVENTION_OPTIONS_INIT {sizeof(spie_convention_options), NULL, 0, NULL, 0}
#define SPIE_STORE_OPTIONS_INIT {sizeof(spie_store_options), 0, 0, 0, NULL, NULL}
#define SPIE_IMPORT_OPTIONS_INIT {sizeof(spie_import_options), NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, 0, 0, NULL, NULL, \
                                  NULL, NULL}
#define SPIE_ACT_INIT {sizeof(spie_act), NULL, NULL, NULL, NULL}
#define SPIE_DEMAND_INIT {sizeof(spie_demand), NULL, NULL, NULL, 0, NULL, NULL, NULL}
#define SPIE_VIGILANCE_OPTIONS_INIT {sizeof(spie_vigilance_options), NULL, 0, NULL, 0}
#define SPIE_PASSPORT_SIGNING_INIT {sizeof(spie_passport_signing), NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL}
#define SPIE_BADGE_OPTIONS_INIT {sizeof(spie_badge_options), NULL, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, NULL, NULL}
#define SPIE_BATCH_OPTIONS_INIT {sizeof(spie_batch_options), NULL, NULL, 0, NULL, NULL, 0, 0, NULL, NULL}
#define SPIE_REGISTER_OPTIONS_INIT {sizeof(spie_register_options), NULL, NULL, NULL, 0, 0, NULL, 0}
/* clang-format on */
#ifdef __cplusplus
extern "C" {
#endif

/* ---- Handles ---- */

typedef struct spie_pack spie_pack;             /* a pack, loaded, linked and checked for use */
typedef struct spie_decision spie_decision;     /* a decision of a pack, looked up once */
typedef struct spie_expression spie_expression; /* a FEEL text, compiled once */
typedef struct spie_model spie_model;           /* a DMN model with those that it imports */
typedef struct spie_prepared spie_prepared;     /* a decision of a model, looked up once */
typedef struct spie_row spie_row;               /* where the facts of row after row are set, for one thread */
typedef struct spie_ledger spie_ledger;         /* the expenses of a convention, read from a file */
typedef struct spie_payments spie_payments;     /* the payments received, read from a file */
typedef struct spie_store spie_store;           /* a journal of dossiers, in memory or in a file */
typedef struct spie_key spie_key;               /* what signs badges */
typedef struct spie_desk spie_desk; /* where somebody asks to see one: a journal of accesses, and the rules */
typedef struct spie_rome spie_rome; /* a release of the ROME, the repertoire of jobs and skills, indexed */

/* ---- Status and error ---- */

/* The family of what went wrong; spie_error.code says exactly what. Later versions may add families. */
typedef enum spie_status {
  SPIE_OK = 0,
  SPIE_ERROR_ARGUMENT = 1, /* A001: the call itself is wrong */
  SPIE_ERROR_MEMORY = 2,   /* A002: no memory is left */
  SPIE_ERROR_INTERNAL = 3, /* A003: a fault of the library; report it */
  SPIE_ERROR_FEEL = 4,     /* F…: a FEEL text is refused */
  SPIE_ERROR_DMN = 5,      /* D…: a DMN model, or what is asked of it, is refused */
  SPIE_ERROR_PACK = 6,     /* P…: a pack, a fact or a parameter is refused */
  SPIE_ERROR_LEDGER = 7,   /* C…: a ledger or a file of payments is refused as a whole */
  SPIE_ERROR_JSON = 8,     /* J…: a JSON text is refused */
  SPIE_ERROR_DOSSIER = 9,  /* E…: an event, a dossier, or what is asked of one is refused */
  SPIE_ERROR_STORE = 10,   /* S…: a store cannot be opened, read or written */
  SPIE_ERROR_IMPORT = 11,  /* I…: a file is refused as a whole */
  SPIE_ERROR_RIGHTS = 12,  /* R…: the rules of rights do not allow it */
  SPIE_ERROR_PATH = 13,    /* Q…: what is asked about a path has not its form, or contradicts itself */
  SPIE_ERROR_BADGE = 14,   /* B…: a badge, a key or a proof is refused */
  SPIE_ERROR_TABLE = 15    /* T…: a table is refused as a whole */
} spie_status;

/* What went wrong, filled by the call that fails and emptied by the one that succeeds. Texts are NUL-terminated UTF-8,
 * cut between two characters, with "…" at the end, when they are too long. Nothing in it is to be freed. */
typedef struct spie_error {
  size_t struct_size; /* sizeof(spie_error) */
  char code[8];       /* permanent: "P015"; empty when nothing went wrong */
  int32_t findings;   /* how many findings there are, this one included; the _check_ functions give them all */
  char message[1024]; /* what went wrong: in English, for a ledger or a file of payments in French */
  char where[256];    /* "facts#/freins/2", "entree.dmn:12, decision 'entree', rule 3", "1:14"; may be empty */
  char remedy[256];   /* what to do about it, in the language of the message */
} spie_error;

/* ---- The library ---- */

/* "0.1.0"; static. */
SPIE_API const char *spie_version(void);

/* Frees a text that the library handed over; NULL does nothing. */
SPIE_API void spie_free(char *text);

/* Every code with its meaning and its remedy: [{"code", "meaning", "remedy", "signification", "remede"}], the last two
 * in French. */
SPIE_API spie_status spie_codes(char **json, size_t *length, spie_error *error);

/* What stands at a JSON pointer ("/statut", "/valeur/verdict", "/manquants/0") of a text that the library gave, so that
 * a program needs no JSON parser: a text as it is, without quotes; a number, a date, a duration, true, false and null
 * as they are written, without tags; an object or a list as JSON. Beyond the end of a list it succeeds, and `text` is
 * NULL: so a loop ends. J002: the pointer names a key that is not there. */
SPIE_API spie_status spie_json_member(char **text, size_t *length, const char *json, size_t json_length,
                                      const char *pointer, spie_error *error);

/* The text with each NIR (numéro de sécurité sociale) that stands in it cut to its first digit, in whatever form people
 * write it: for the logs and pages of the caller. What the library says and keeps has passed it already. */
SPIE_API spie_status spie_without_nir(char **text, size_t *length, const char *given, size_t given_length,
                                      spie_error *error);

/* The packs that come with the library: {"dossier": "/usr/share/spie/packs", "packs": ["socle-national", …]}. The
 * folder of one of them is "dossier" + "/" + its id. P001: they are not installed. */
SPIE_API spie_status spie_bundled_packs(char **json, size_t *length, spie_error *error);

/* What one evaluation may take, of a table each of its rows: beyond a limit the value is null, "statut" is "erreur" and
 * the code F008. Or what one load may take: beyond it the load is refused, and the error names the limit, the place and
 * what to do. 0: the limit of docs/c-abi.md; a depth of a load is at most that one (A001). */
typedef struct spie_limits {
  size_t struct_size;
  uint64_t depth;     /* calls within one another; of a load, levels of a document */
  uint64_t steps;     /* nodes evaluated; of a load, elements, cells and nodes: bounds the time, the same everywhere */
  uint64_t list_size; /* items of one list; of a load, elements of a model, files of a folder, columns, lines */
  uint64_t bytes;     /* of the texts, lists and contexts that it makes; of a load, of one file */
  uint64_t milliseconds; /* by the clock, looked at every thousand steps; 0: no limit */
} spie_limits;

/* ---- Packs ---- */

/* A file given as bytes. `name` is its name for what refers to it and for findings. This struct never grows. */
typedef struct spie_file {
  const char *name;
  const char *bytes;
  size_t length;
} spie_file;

typedef struct spie_pack_options {
  size_t struct_size;
  const char *const *search; /* folders where the packs that this one extends are looked up, by id */
  size_t search_count;       /* 0: the sibling folders of the pack, then the bundled packs */
  const spie_limits *limits; /* of the whole load, those it extends included; NULL: those of docs/c-abi.md */
} spie_pack_options;

/* Loads the pack of a folder. Strict: an unknown name, a type error, a cell that cannot be parsed refuse it.
 * P001: a file is missing, cannot be read or is beyond a limit. P002: one has not the expected form. P003: a pack that
 * it extends is not found. P009: a value of a parameter has not its type. P012: a rule asks for the clock. P017: a name
 * is given twice. D…, F…: a model is refused. */
SPIE_API spie_status spie_pack_load(spie_pack **pack, const char *folder, const spie_pack_options *options,
                                    spie_error *error);

/* As spie_pack_load, from bytes: names are relative to the folder ("pack.json", "entree.dmn", "cas/entree.json").
 * `bases` are the packs among which the one it extends is looked up; none when base_count is 0. The same codes. */
SPIE_API spie_status spie_pack_from_files(spie_pack **pack, const spie_file *files, size_t file_count,
                                          const spie_pack *const *bases, size_t base_count, spie_error *error);
/* The same, within `limits` (NULL: those of docs/c-abi.md). */
SPIE_API spie_status spie_pack_from_files_within(spie_pack **pack, const spie_file *files, size_t file_count,
                                                 const spie_pack *const *bases, size_t base_count,
                                                 const spie_limits *limits, spie_error *error);

SPIE_API void spie_pack_free(spie_pack *pack);

/* The texts live as long as the handle; NULL for NULL. */
SPIE_API const char *spie_pack_id(const spie_pack *pack);
SPIE_API const char *spie_pack_version(const spie_pack *pack);
SPIE_API const char *spie_pack_title(const spie_pack *pack);
SPIE_API const char *spie_pack_sha256(const spie_pack *pack); /* of its files and of those it extends: 64 digits */

/* What the pack holds; these give no code of their own.
 * {"id", "version", "titre", "autorite", "debut", "fin", "sha256", "bases": [ids], "roles": {role: decision}}. */
SPIE_API spie_status spie_pack_describe(char **json, size_t *length, const spie_pack *pack, spie_error *error);
/* A list of docs/schemas/resultats/dmn.Element.json. */
SPIE_API spie_status spie_pack_decisions(char **json, size_t *length, const spie_pack *pack, spie_error *error);
/* [{"nom", "titre", "unite", "type", "article", "pack", "valeurs": [{"depuis", "valeur", "source", "note"}],
 * "lectures": [{"valeur", "sens", "libelles"}]}]; lectures are the readings of an ambiguous text. "seconde_main" among
 * the values: to verify before it is shown as law. "lu_au": the fact at whose date the value is read, or null. */
SPIE_API spie_status spie_pack_parameters(char **json, size_t *length, const spie_pack *pack, spie_error *error);
/* The value of a parameter in force on a day. P015: there is no such parameter. P018: the day is before its first
 * value. */
SPIE_API spie_status spie_pack_parameter_at(char **json, size_t *length, const spie_pack *pack, const char *name,
                                            const char *date, spie_error *error);
/* A list of docs/schemas/resultats/pack.Article.json: its own first, then those of the packs it extends. */
SPIE_API spie_status spie_pack_articles(char **json, size_t *length, const spie_pack *pack, spie_error *error);
/* [{"nom", "titre", "decision", "as_of", "faits", "parametres", "attendu", "commentaire", "pack", "fichier"}]. */
SPIE_API spie_status spie_pack_cases(char **json, size_t *length, const spie_pack *pack, spie_error *error);
/* The content of donnees/NAME.json. P001: the pack has no such file. */
SPIE_API spie_status spie_pack_data(char **json, size_t *length, const spie_pack *pack, const char *name,
                                    spie_error *error);

/* Every finding over a pack that loads, errors first, the cases that fail among them: [finding]. */
SPIE_API spie_status spie_pack_check(char **json, size_t *length, const spie_pack *pack, spie_error *error);
/* What the cases of a pack never try: {"regles": {"exercees", "total"}, "tables": [{"decision", "table", "total",
 * "non_exercees"}], "parametres": [{"nom", "depuis", "valeur"}], "propositions": [{"decision", "table", "regle",
 * "cas"} or {"parametre", "depuis", "valeur", "cas"}]}; "cas" would try it, found in at most `tries` evaluations (0:
 * 2,000; negative: none is looked for), and expects what the pack answers today. */
SPIE_API spie_status spie_pack_coverage(char **json, size_t *length, const spie_pack *pack, int32_t tries,
                                        spie_error *error);
/* Which decisions go column by column over a whole table on a day, and why the others go row by row: [{"decision",
 * "colonnes": boolean, "place", "motif", "mots", "par_lignes": [{"place", "motif", "mots"}]}]. "motif" is the first
 * thing in it that has no form in columns, in English, "mots" the same in French; "par_lignes" are the parts, of one
 * that goes by columns, that are evaluated row by row within it. `as_of` NULL: the first day of the pack. What a
 * decision gives is the same either way. */
SPIE_API spie_status spie_pack_columns(char **json, size_t *length, const spie_pack *pack, const char *as_of,
                                       spie_error *error);
/* {"decisions", "entrees", "parametres", "articles": each [{"nom", "changements"}], "cas": [{"nom", "decision",
 * "avant", "apres"}], "fichiers_identiques"}, in French; "avant", "apres" are {"statut", "valeur"}, "manquants" where
 * facts are missing and "articles" where these differ, or {"refus"}. */
SPIE_API spie_status spie_pack_difference(char **json, size_t *length, const spie_pack *before, const spie_pack *after,
                                          spie_error *error);
/* Every finding over a folder or files, whether the pack loads or not; fails for wrong arguments alone. */
SPIE_API spie_status spie_pack_check_folder(char **json, size_t *length, const char *folder,
                                            const spie_pack_options *options, spie_error *error);
SPIE_API spie_status spie_pack_check_files(char **json, size_t *length, const spie_file *files, size_t file_count,
                                           const spie_pack *const *bases, size_t base_count, spie_error *error);

/* Runs the cases of the pack and of those it extends: [{"nom", "reussi", "difference"}]; a case that fails is no
 * failure of the call. */
SPIE_API spie_status spie_pack_run_cases(char **json, size_t *length, const spie_pack *pack, spie_error *error);

/* ---- Decisions of a pack ---- */

/* Looks a decision up, once for any number of evaluations. D011: the pack has none of that name. */
SPIE_API spie_status spie_pack_decision(spie_decision **decision, const spie_pack *pack, const char *name,
                                        spie_error *error);
SPIE_API void spie_decision_free(spie_decision *decision);

/* The facts that it may read, a list of docs/schemas/resultats/dmn.Fact.json. No code of its own. */
SPIE_API spie_status spie_decision_facts(char **json, size_t *length, const spie_decision *decision, spie_error *error);
/* Its tables and expressions, for those who print them: {"kind": "decision_table", "inputs": […], "rules": […]}… No
 * code of its own. */
SPIE_API spie_status spie_decision_describe(char **json, size_t *length, const spie_decision *decision,
                                            spie_error *error);

typedef struct spie_evaluate_options {
  size_t struct_size;
  int32_t trace;          /* not 0: the result has "trace" */
  int32_t explanation;    /* not 0: the result has "explication", in French, for a caseworker and a lawyer */
  int32_t value_only;     /* not 0: neither "articles" nor "parametres"; several times faster, for long lists */
  const char *parameters; /* a JSON object: parameters given another value for this evaluation; NULL: none */
  size_t parameters_length;
  const spie_limits *limits; /* NULL: those of docs/c-abi.md */
  const spie_limits *input;  /* of the JSON of the facts and of the parameters (J003): depth, bytes; NULL: as above */
} spie_evaluate_options;

/* Evaluates the decision on a day. `facts` is a JSON object; a fact that is absent or null is unknown, never "no".
 * {"decision", "as_of", "pack": {"id", "version", "sha256"}, "statut": "determine" | "indetermine" | "erreur",
 * "valeur", "manquants": [paths of the facts that the value lacks], "refuses": [those refused], "erreurs": [finding],
 *  "trace": [{"nom", "libelle", "fichier", "valeur", "faits", "tables", "entrees", "sources"}], "articles": [ids],
 *  "parametres": [{"nom", "valeur", "depuis", "article", "donne"}], "explication"}.
 * P015: the pack has no such fact or parameter. P016, P009: a fact, a parameter has not its type. P014: a fact bears
 * the name of a parameter. P018: a parameter has no value on that day. J003: the result is longer than 256 MiB. What
 * goes wrong inside the evaluation is in the result. */
SPIE_API spie_status spie_decision_evaluate(char **json, size_t *length, const spie_decision *decision,
                                            const char *facts, size_t facts_length, const char *as_of,
                                            const spie_evaluate_options *options, spie_error *error);

/* The explanation alone, as plain text: for a program that shows it and reads no JSON. The same codes; of the options,
 * only `parameters` is read. */
SPIE_API spie_status spie_decision_explain(char **text, size_t *length, const spie_decision *decision,
                                           const char *facts, size_t facts_length, const char *as_of,
                                           const spie_evaluate_options *options, spie_error *error);

/* ---- FEEL expressions alone, under the semantics of the standard ---- */

/* Compiles a FEEL text (DMN 1.5) over the variables that `names` declare; names may hold spaces. F001: it is not FEEL.
 * F002, F004: it names no variable, no function. F008: it is longer than 64 KiB or nested beyond 200 levels. */
SPIE_API spie_status spie_expression_compile(spie_expression **expression, const char *text, size_t text_length,
                                             const char *const *names, size_t name_count, spie_error *error);
/* Compiles a cell of a decision table ("< 10", "\"a\", \"b\"", "not(…)"); the value tested is given as variable "?".
 * The same codes. */
SPIE_API spie_status spie_expression_compile_tests(spie_expression **expression, const char *text, size_t text_length,
                                                   const char *const *names, size_t name_count, spie_error *error);
/* Both within limits of the text: `depth` of its nesting, `bytes`, `steps`, its nodes, `milliseconds` (NULL: those of
 * docs/c-abi.md). The same codes; A001: a depth above 200. */
SPIE_API spie_status spie_expression_compile_within(spie_expression **expression, const char *text, size_t text_length,
                                                    const char *const *names, size_t name_count,
                                                    const spie_limits *limits, spie_error *error);
SPIE_API spie_status spie_expression_compile_tests_within(spie_expression **expression, const char *text,
                                                          size_t text_length, const char *const *names,
                                                          size_t name_count, const spie_limits *limits,
                                                          spie_error *error);
SPIE_API void spie_expression_free(spie_expression *expression);

/* Evaluates with a JSON object of variables (NULL: none); one that is left out is null. `now` is what now() and today()
 * give, a date and time with its zone, "2022-06-01T10:30:00+02:00" or "…@Europe/Paris"; with NULL they are null, and
 * the result says F014. {"statut": "determine" | "erreur", "valeur", "erreurs": [finding]}. F002: a variable that is
 * given was not declared. J003: the result is longer than 256 MiB. */
SPIE_API spie_status spie_expression_evaluate(char **json, size_t *length, const spie_expression *expression,
                                              const char *variables, size_t variables_length, const char *now,
                                              spie_error *error);
/* The same, within `limits` (NULL: those of docs/c-abi.md). */
SPIE_API spie_status spie_expression_evaluate_within(char **json, size_t *length, const spie_expression *expression,
                                                     const char *variables, size_t variables_length, const char *now,
                                                     const spie_limits *limits, spie_error *error);

typedef struct spie_feel_options {
  size_t struct_size;
  const char *now;           /* as for spie_expression_evaluate */
  const spie_limits *limits; /* of the evaluation; NULL, here and below: those of docs/c-abi.md */
  const spie_limits *text;   /* of what is compiled, as for spie_expression_compile_within */
  const spie_limits *input;  /* of the JSON of the variables (J003): depth, bytes */
} spie_feel_options;

/* As spie_expression_evaluate, with options (NULL: none); their `text` is not read. The same codes; A001: a depth of
 * JSON above 256. */
SPIE_API spie_status spie_expression_evaluate_with(char **json, size_t *length, const spie_expression *expression,
                                                   const char *variables, size_t variables_length,
                                                   const spie_feel_options *options, spie_error *error);

/* Compiles over the names that `variables` has, and evaluates: for a text that is evaluated once. The codes of both. */
SPIE_API spie_status spie_feel_evaluate(char **json, size_t *length, const char *text, size_t text_length,
                                        const char *variables, size_t variables_length, const char *now,
                                        spie_error *error);
/* The same, with options (NULL: none). */
SPIE_API spie_status spie_feel_evaluate_with(char **json, size_t *length, const char *text, size_t text_length,
                                             const char *variables, size_t variables_length,
                                             const spie_feel_options *options, spie_error *error);

/* ---- DMN models alone, under the semantics of the standard ---- */

typedef struct spie_model_options {
  size_t struct_size;
  int32_t lenient;               /* not 0: a decision with a fault is unusable (D008) instead of refusing the model */
  const char *const *extensions; /* vendors whose functions are read too: "camunda", "kie", "signavio" */
  size_t extension_count;
  int32_t strict; /* not 0: a name that nothing declares is a fault (F002), not an input of no type and a warning */
  const spie_limits *limits; /* of the load; NULL: those of docs/c-abi.md */
} spie_model_options;

/* Loads a DMN model, versions 1.1 to 1.6, from bytes: the first file is the model, the others those that it imports;
 * names are for findings alone. D001: a file is not a DMN document, or beyond a limit. D002 to D005, D012 to D015, F…:
 * an element is wrong; lenient, D008 and spie_model_describe say so where it can be. A001: there is no such extension.
 */
SPIE_API spie_status spie_model_from_files(spie_model **model, const spie_file *files, size_t file_count,
                                           const spie_model_options *options, spie_error *error);
SPIE_API void spie_model_free(spie_model *model);

/* Every finding over the files, whether the model loads or not; fails for wrong arguments alone. */
SPIE_API spie_status spie_model_check_files(char **json, size_t *length, const spie_file *files, size_t file_count,
                                            spie_error *error);

/* {"nom", "espace", "version", "entrees", "decisions", "services", "fonctions", "constats": [finding]}; elements as in
 * spie_pack_decisions, the version that of DMN ("1.1" to "1.6"), findings those that a lenient load let pass, and the
 * warnings of any load. No code of its own. */
SPIE_API spie_status spie_model_describe(char **json, size_t *length, const spie_model *model, spie_error *error);

/* The facts that a decision may read, as spie_decision_facts; a path begins with the key that spie_model_evaluate
 * takes. `model_namespace` is that of the decision; NULL: the model's own first, then any. D011: there is no such
 * decision. */
SPIE_API spie_status spie_model_facts(char **json, size_t *length, const spie_model *model, const char *decision,
                                      const char *model_namespace, spie_error *error);

typedef struct spie_analysis_options {
  size_t struct_size;
  const char *decision; /* that one alone, by its name; NULL: every table of the model */
  uint64_t work;        /* of one table, in comparisons of two cells; 0: 200 million */
  size_t listed;        /* findings of one kind of one table; 0: 1,000 */
} spie_analysis_options;

/* Looks at the decision tables without a single case (docs/analyse.md): {"tables": [{"decision", "analyse":
 * "complete|partielle|impossible", "motif", "trous": [{"temoin", "region", "niveau"}], "recouvrements": [{"regles",
 * "temoin", "conflit"}], "mortes", "cachees", "subsumees", "fusionnables", "sorties_absentes", "valeurs_non_testees",
 * "valeurs_hors_domaine"}]}; rules count from 1. What is beyond the limits makes the analysis "partielle". D011: there
 * is no such decision. */
SPIE_API spie_status spie_model_analyse(char **json, size_t *length, const spie_model *model,
                                        const spie_analysis_options *options, spie_error *error);

typedef struct spie_model_evaluate_options {
  size_t struct_size;
  int32_t trace;               /* not 0: the result has "trace" */
  const char *now;             /* as for spie_expression_evaluate */
  const char *model_namespace; /* of the decision or service; NULL: the model's own first, then any */
  int32_t ignore_extra;        /* not 0: an input that the model does not have is left aside, not refused (D009) */
  const spie_limits *limits;   /* NULL: those of docs/c-abi.md */
  const spie_limits *input;    /* of the JSON of the inputs (J003): depth, bytes; NULL: as above */
} spie_model_evaluate_options;

/* Evaluates a decision. `inputs` is a JSON object (NULL: none); the key of an input of an imported model is
 * "{namespace}name"; an input may also give a decision its value. Where the type of an input is a date, a time, both or
 * a duration, an ISO text stands for it. {"statut", "valeur", "manquants", "refuses", "erreurs", "trace"}. D011: there
 * is no such decision. D009: there is no such input. D010: an input has not its type. J003: the result is longer than
 * 256 MiB. */
SPIE_API spie_status spie_model_evaluate(char **json, size_t *length, const spie_model *model, const char *decision,
                                         const char *inputs, size_t inputs_length,
                                         const spie_model_evaluate_options *options, spie_error *error);
/* As spie_model_evaluate, for a decision service called with its inputs by name. The same codes. */
SPIE_API spie_status spie_model_evaluate_service(char **json, size_t *length, const spie_model *model,
                                                 const char *service, const char *inputs, size_t inputs_length,
                                                 const spie_model_evaluate_options *options, spie_error *error);

/* Looks a decision up, once for any number of evaluations; the namespace is as for spie_model_facts. D011: there is no
 * such decision. */
SPIE_API spie_status spie_model_decision(spie_prepared **prepared, const spie_model *model, const char *decision,
                                         const char *model_namespace, spie_error *error);
SPIE_API void spie_prepared_free(spie_prepared *prepared);
/* As spie_model_evaluate, and faster; of the options, `model_namespace` is not read. The same codes but D011. */
SPIE_API spie_status spie_prepared_evaluate(char **json, size_t *length, const spie_prepared *prepared,
                                            const char *inputs, size_t inputs_length,
                                            const spie_model_evaluate_options *options, spie_error *error);

/* ---- Row after row, without a text on the way ----
 *
 * A row is the caller's: one thread uses it at a time, threads that share a decision have a row each. A fact stays
 * until another value takes its place, so that a table sets what changes. What it decides is what
 * spie_decision_evaluate or spie_prepared_evaluate would, without what the value stands on. */

/* A row of a decision of a pack; it keeps the decision. No code of its own. */
SPIE_API spie_status spie_row_new(spie_row **row, const spie_decision *decision, spie_error *error);
/* The same of a decision of a model, under the semantics of the standard. No code of its own. */
SPIE_API spie_status spie_row_of_prepared(spie_row **row, const spie_prepared *prepared, spie_error *error);
SPIE_API void spie_row_free(spie_row *row);

/* Where a fact is set: its path as spie_decision_facts writes it, "beneficiaire.rsa"; a list stands whole, under its
 * own path. P015, of a model D009: the decision reads no such fact. */
SPIE_API spie_status spie_row_slot(size_t *slot, const spie_row *row, const char *path, spie_error *error);

/* Each gives a fact its value. A number is coefficient × 10^exponent (12.50: 1250, -2); a text has its length in bytes;
 * a document of JSON gives what has no function of its own, such as a list. What is refused leaves the fact as it was.
 * A001: there is no such slot, no such day. D010: the value is not of the type of the fact, nor one that it allows. */
SPIE_API spie_status spie_row_set_number(spie_row *row, size_t slot, int64_t coefficient, int32_t exponent,
                                         spie_error *error);
SPIE_API spie_status spie_row_set_text(spie_row *row, size_t slot, const char *text, size_t length, spie_error *error);
SPIE_API spie_status spie_row_set_date(spie_row *row, size_t slot, int32_t year, int32_t month, int32_t day,
                                       spie_error *error);
SPIE_API spie_status spie_row_set_boolean(spie_row *row, size_t slot, int32_t value, spie_error *error);
SPIE_API spie_status spie_row_set_json(spie_row *row, size_t slot, const char *json, size_t length, spie_error *error);
/* As if it had not been given: unknown, of a model null. */
SPIE_API spie_status spie_row_set_unknown(spie_row *row, size_t slot, spie_error *error);
/* All of them. */
SPIE_API spie_status spie_row_clear(spie_row *row, spie_error *error);

/* Decides on a day; of a model, `as_of` is not read and may be NULL. What it gave before is gone. P018: a parameter has
 * no value on that day. */
SPIE_API spie_status spie_row_evaluate(spie_row *row, const char *as_of, spie_error *error);

/* What the last evaluation gave. Later versions may add values to either. */
typedef enum spie_row_state { SPIE_ROW_DETERMINE = 0, SPIE_ROW_INDETERMINE = 1, SPIE_ROW_ERREUR = 2 } spie_row_state;
typedef enum spie_row_kind {
  SPIE_ROW_NULL = 0,
  SPIE_ROW_NUMBER = 1,
  SPIE_ROW_TEXT = 2,
  SPIE_ROW_DATE = 3,
  SPIE_ROW_BOOLEAN = 4,
  SPIE_ROW_OTHER = 5 /* a list, an object, a time, a duration…: spie_row_result writes it */
} spie_row_kind;
/* SPIE_ROW_DETERMINE for NULL and before the first evaluation. */
SPIE_API int32_t spie_row_status(const spie_row *row);
/* What stands in the value under `member`, the name of an output; NULL: the value itself. SPIE_ROW_NULL too where there
 * is no such member. */
SPIE_API int32_t spie_row_value(const spie_row *row, const char *member);
/* Each reads what spie_row_value says that there is. A001: there is something else, or a number that no 64 bits hold. A
 * text belongs to the row until it is evaluated again, and is NUL-terminated. */
SPIE_API spie_status spie_row_number(int64_t *coefficient, int32_t *exponent, const spie_row *row, const char *member,
                                     spie_error *error);
SPIE_API spie_status spie_row_text(const char **text, size_t *length, const spie_row *row, const char *member,
                                   spie_error *error);
SPIE_API spie_status spie_row_date(int32_t *year, int32_t *month, int32_t *day, const spie_row *row, const char *member,
                                   spie_error *error);
SPIE_API spie_status spie_row_boolean(int32_t *value, const spie_row *row, const char *member, spie_error *error);
/* {"statut", "valeur", "manquants", "refuses", "erreurs"} of the last evaluation. J003: longer than 256 MiB. */
SPIE_API spie_status spie_row_result(char **json, size_t *length, const spie_row *row, spie_error *error);

/* ---- Whole tables: a decision asked of each row of an Arrow stream ---- */

/* Of the Arrow C Stream Interface: spie/arrow.h has it, as every library that speaks it. */
struct ArrowArrayStream;

/* Told before the first row of an answer, from the thread of the call, where its decision goes row by row rather than
 * column by column: the first thing in it that does, and why. The texts live as long as the call; nothing may be thrown
 * through it. */
typedef void (*spie_row_by_row)(void *context, const char *place, const char *why);

/* Told after the last row of an answer, by the thread that reads it, of a decision that goes column by column, for each
 * reason why rows were answered one by one all the same: the part of it, why, of how many rows it was the first reason.
 * As above of the texts. */
typedef void (*spie_rows_left)(void *context, const char *place, const char *why, int64_t rows);

typedef struct spie_table_options {
  size_t struct_size;
  const char *const *keep; /* columns copied to the answer, before its own */
  size_t keep_count;
  int32_t ignore;         /* not 0: a column that nothing reads is let be; 0: it is refused (T001) */
  const char *prefix;     /* of the names of "statut", "regle", "motif", "mots"; NULL: none */
  int32_t scale;          /* decimals of a number that the decision does not bound: 1 to 38; 0: 6; -1: none */
  int32_t rule;           /* not 0: a column "regle", the number of the rule that was hit; slower */
  int32_t reason;         /* not 0: a column "motif", the code of what a row lacks or of its error */
  int32_t threads;        /* 0: as many as the machine has processors */
  const char *parameters; /* of a pack, as in spie_evaluate_options; NULL: none */
  size_t parameters_length;
  const char *now;      /* of a model, as for spie_expression_evaluate; NULL: none */
  const int64_t *words; /* rows, from 0, of which "mots" says in French what "motif" means; NULL: none */
  size_t word_count;
  const spie_limits *limits; /* of each row; NULL: those of docs/c-abi.md. Rows then go one by one */
  const spie_limits
      *schema; /* of the schema of the table (T003): depth, and list_size, its columns; NULL: 64, 100,000 */
  spie_row_by_row row_by_row; /* NULL: nobody is told */
  void *context;              /* handed to `row_by_row` and `rows_left` */
  spie_rows_left rows_left;   /* NULL: nobody is told, and nothing is counted */
} spie_table_options;

/* Evaluates the decision for each row of `table`, a stream of struct arrays: a column is a fact by its name or its path
 * ("depense.axe"), or a struct. `as_of` is a day, or the name of a column of dates. `answer`, which the caller gives
 * and releases, is made a stream with one row for each row of the table, in order: the columns kept, the value (a
 * column for each member of a context), "statut". Its schema is known before its first row (docs/tables.md). `table` is
 * taken over, whatever comes of the call: its release is NULL afterwards; it is read as the answer is read, by the
 * thread that reads, and released with it. The answer keeps the decision alive. T001: a column that nothing reads.
 * T002: one of a type that its fact cannot take. T003: no valid Arrow. T004: two columns of one name. T007: the table
 * gives no schema. P015, P009: a parameter. P018: a parameter has no value on that day. What is wrong with one row
 * answers that row, "statut" being "erreur". get_next of the answer gives EINVAL, ENOMEM or EIO, and get_last_error
 * says why. */
SPIE_API spie_status spie_decision_evaluate_table(struct ArrowArrayStream *answer, const spie_decision *decision,
                                                  struct ArrowArrayStream *table, const char *as_of,
                                                  const spie_table_options *options, spie_error *error);
/* The same for a decision of a model, under the semantics of the standard: a null is a null. The same codes but P…. */
SPIE_API spie_status spie_prepared_evaluate_table(struct ArrowArrayStream *answer, const spie_prepared *prepared,
                                                  struct ArrowArrayStream *table, const spie_table_options *options,
                                                  spie_error *error);

/* ---- The money of a convention ---- */

typedef struct spie_read_options {
  size_t struct_size;
  const char *name;          /* of the file, for its refusals; NULL: "registre" or "versements" */
  int32_t windows_1252;      /* not 0: a CSV file in this encoding; 0: told line by line from UTF-8, with a warning */
  int32_t separator;         /* of a CSV file: ',', ';' or '\t'; 0: that of a line "sep=;", else of its header */
  const spie_limits *limits; /* NULL: those of docs/c-abi.md */
} spie_read_options;

/* Reads a ledger of expenses, CSV or JSON, with the columns id, date, action, nature, libelle, fournisseur, montant,
 * axe, date_paiement, piece, necessaire, cofinancement, montant_cofinance. Lines that are wrong are refused one by one
 * and told in spie_ledger_json; the call fails when the whole is refused. C001: a column is missing or given twice.
 * C006: a limit is passed (docs/c-abi.md). C008: the encoding is not read. C009: a workbook. C010: nothing stands in
 * the file. J001 to J004: a JSON ledger is refused. */
SPIE_API spie_status spie_ledger_read(spie_ledger **ledger, const spie_pack *pack, const char *bytes, size_t length,
                                      const spie_read_options *options, spie_error *error);
SPIE_API void spie_ledger_free(spie_ledger *ledger);
/* docs/schemas/resultats/convention.Registre.json: the lines, and the account of their reading. No code of its own. */
SPIE_API spie_status spie_ledger_json(char **json, size_t *length, const spie_ledger *ledger, spie_error *error);
/* The lines as a table of Arrow, a column for each field, amounts decimal128 with two decimals, dates date32
 * (docs/tables.md). `table`, which the caller gives and releases, is made a stream of one batch, which needs the ledger
 * no more. So are the tables of the other results below. T005: a number that its column cannot hold. */
SPIE_API spie_status spie_ledger_table(struct ArrowArrayStream *table, const spie_ledger *ledger, spie_error *error);

/* The same for the payments received: columns date, montant, libelle, and at will sens ("versement", or "remboursement"
 * for what was paid back; amounts above zero). The same codes. */
SPIE_API spie_status spie_payments_read(spie_payments **payments, const char *bytes, size_t length,
                                        const spie_read_options *options, spie_error *error);
SPIE_API void spie_payments_free(spie_payments *payments);
/* docs/schemas/resultats/convention.Versements.json. */
SPIE_API spie_status spie_payments_json(char **json, size_t *length, const spie_payments *payments, spie_error *error);
/* The payments as a table, as spie_ledger_table. */
SPIE_API spie_status spie_payments_table(struct ArrowArrayStream *table, const spie_payments *payments,
                                         spie_error *error);

/* The documents of the convention. In JSON amounts are euros, texts with two decimals. A format that is none, or in
 * which the document is not written, gives A001. */
typedef enum spie_format {
  SPIE_FORMAT_JSON = 0,
  SPIE_FORMAT_CSV = 1,       /* for a French spreadsheet: UTF-8, CRLF, separator ;, amounts as 1234,50 */
  SPIE_FORMAT_CSV_TOTALS = 2 /* of a statement alone: its totals, where SPIE_FORMAT_CSV gives its lines */
} spie_format;

typedef struct spie_convention_options {
  size_t struct_size;
  const char *facts; /* a JSON object of facts of the pack; NULL: none */
  size_t facts_length;
  const char *parameters; /* as in spie_evaluate_options: {"base_plafond_frais": "cout_reel"} */
  size_t parameters_length;
} spie_convention_options;

/* The budget that the pack gives (annexe C), and what does not add up in it:
 * docs/schemas/resultats/convention.Budget.json. Where the pack lets a parameter say whether an amount or the
 * computation beside it holds, "montant" and "total" follow it, "montant_ecrit" and "total_ecrit" do not. Of the
 * options, `facts` is not used. P001: the pack has no budget. P002: it has not the expected form. P015, P009: the pack
 * has no such parameter, or it has not its type. */
SPIE_API spie_status spie_convention_budget(char **text, size_t *length, const spie_pack *pack,
                                            const spie_convention_options *options, int32_t format, spie_error *error);
/* Its actions as a table, as spie_ledger_table; "id" in the metadata of the schema. The same codes. */
SPIE_API spie_status spie_convention_budget_table(struct ArrowArrayStream *table, const spie_pack *pack,
                                                  const spie_convention_options *options, spie_error *error);

/* The statement of expenses at a date: docs/schemas/resultats/convention.EtatDesDepenses.json. `payments` may be NULL:
 * none was received. "verse" is what was paid less what was paid back. P011: the pack lacks a decision that this needs
 * (its role), or it gives what is not expected. P015: the pack has no such fact or parameter, or this computes it.
 * P016, P009: a fact, a parameter has not its type. P014: a fact bears the name of a parameter. P018: a parameter has
 * no value on that day. A001: a decision lacks a fact. D…, F…: a decision that this rests on is in error. */
SPIE_API spie_status spie_convention_statement(char **text, size_t *length, const spie_pack *pack,
                                               const spie_ledger *ledger, const spie_payments *payments,
                                               const char *date, const spie_convention_options *options, int32_t format,
                                               spie_error *error);
/* Its lines as a table, as spie_ledger_table; or, `totals` not being 0, its totals, the column "par" saying of what: an
 * "action", a "nature", or the "total". The pack and the day stand in the metadata of the schema. The same codes. */
SPIE_API spie_status spie_convention_statement_table(struct ArrowArrayStream *table, const spie_pack *pack,
                                                     const spie_ledger *ledger, const spie_payments *payments,
                                                     const char *date, const spie_convention_options *options,
                                                     int32_t totals, spie_error *error);

/* The year of the control at the end of the convention. */
enum { SPIE_CONTROL_FINAL = 0 };

/* The control of article 8 at the end of a year of the convention, or SPIE_CONTROL_FINAL: was more paid than the
 * project has cost? docs/schemas/resultats/convention.Controle.json: what was paid beyond the maximum of the convention
 * is said even when it is conform. Of the options, `facts` is not used. The same codes; A001: the year is outside the
 * convention. */
SPIE_API spie_status spie_convention_control(char **text, size_t *length, const spie_pack *pack,
                                             const spie_ledger *ledger, const spie_payments *payments, int32_t year,
                                             const spie_convention_options *options, int32_t format, spie_error *error);
/* The control as a table of one row, as spie_convention_statement_table. The same codes. */
SPIE_API spie_status spie_convention_control_table(struct ArrowArrayStream *table, const spie_pack *pack,
                                                   const spie_ledger *ledger, const spie_payments *payments,
                                                   int32_t year, const spie_convention_options *options,
                                                   spie_error *error);

/* Every duty of the convention at a date, who owes it, and whether it is done, due or late. Facts say what was done:
 * {"date_signature": {"@date": "2022-03-10"}, "echeances_faites": {"premier-versement": "2022-03-20"}}.
 * docs/schemas/resultats/convention.Echeancier.json. "trop_percu", as the statement gives it, is a fact too. The same
 * codes; P015 also for a duty that the convention has not. */
SPIE_API spie_status spie_convention_schedule(char **text, size_t *length, const spie_pack *pack, const char *date,
                                              const spie_convention_options *options, int32_t format,
                                              spie_error *error);
/* Its duties as a table, as spie_convention_statement_table. The same codes. */
SPIE_API spie_status spie_convention_schedule_table(struct ArrowArrayStream *table, const spie_pack *pack,
                                                    const char *date, const spie_convention_options *options,
                                                    spie_error *error);

/* ---- Dossiers: the store (docs/dossier.md) ----
 *
 * An event says what holds of a subject, from when, who said it and where:
 *   {"type": "adresse", "sujets": ["personne:4kq9…"], "effet": {"debut": "2022-03-01"}, "auteur": "…",
 *    "source": {"nom": "saisie"}, "contenu": {"commune": "Nangis"}}
 * and may have "id", "corrige" (the event that it corrects), "effet": {"fin", "precision": "jour" | "mois" | "annee"},
 * "source": {"document", "place", "cle", "nomenclature", "import", "sans_date"}. One that was recorded has "seq" and
 * "enregistre" too. Its dates are plain texts. A subject is written "personne:ID", "foyer:ID", "structure:ID",
 * "professionnel:ID"…, its id being 1 to 64 of A-Z a-z 0-9 - _ and the full stop.
 *
 * An instant is a date and time with its zone, to the millisecond: "2022-03-05T08:00:00Z". `known` says how far
 * knowledge goes: an instant, a date (the end of that day in Paris), "#1234" (the event of that seq); NULL for all.
 *
 * Any function that takes a store may give S004 (the disk), S005 (another process holds the file) and S006 (the file is
 * damaged). */

/* The text of a new key file. It opens the store that is made with it: write it where only its users read it, away from
 * the store, and keep a copy. No code of its own. */
SPIE_API spie_status spie_store_keys(char **text, size_t *length, spie_error *error);
/* The same keys with a new one for NIR; the older ones still find. Write the text down before spie_store_adopt_keys.
 * S002: these are no keys. */
SPIE_API spie_status spie_store_rotate_keys(char **text, size_t *length, const char *keys, size_t keys_length,
                                            spie_error *error);

/* What time it is for the caller, in milliseconds since 1970-01-01T00:00:00Z: the library reads no clock. It may not
 * use the store, and nothing may be thrown through it. */
typedef int64_t (*spie_clock)(void *context);

typedef struct spie_store_options {
  size_t struct_size;
  int32_t busy_ms;      /* how long to wait for another process; 0: 10 000, negative: not at all */
  int32_t tolerance_ms; /* how far an instant of record may lie before the last one; 0: 300 000, negative: not at all */
  int32_t not_durable;  /* not 0: the last commits may be lost with the power; for what can be read again */
  spie_clock maintenant; /* an instant more than a day after it is refused (E004); NULL: nothing bounds what lies ahead,
                            and one call with a wrong clock stops the store until spie_store_mend_clock */
  void *context;         /* handed to `maintenant` */
} spie_store_options;

/* A store in memory, with keys of its own; it goes with its handle. Of the options, the clock and the tolerance count.
 * No code of its own. */
SPIE_API spie_status spie_store_memory(spie_store **store, const spie_store_options *options, spie_error *error);
/* `address`: a path, or a scheme and what it opens: "sqlite:dossiers.db"; a path whose first part holds a colon begins
 * by "./". A new file, of SQLite, for its owner alone (0600), whatever the umask. S001: it is there already, or cannot
 * be made; the scheme is not known. S002: these are no keys. */
SPIE_API spie_status spie_store_create(spie_store **store, const char *address, const char *keys, size_t keys_length,
                                       const spie_store_options *options, spie_error *error);
/* A file that cannot be written, it or its folder, is read: what would be recorded gives S004. S001: the file is not
 * there, or is no store; the scheme is not known. S002: the keys are not its own. S003: a later version wrote it. S006:
 * it holds tables, views or triggers that spie did not make. */
SPIE_API spie_status spie_store_open(spie_store **store, const char *address, const char *keys, size_t keys_length,
                                     const spie_store_options *options, spie_error *error);
SPIE_API void spie_store_free(spie_store *store);

/* The types of events: [{"nom", "version", "genre": of the subject that holds them, or null, "cardinalite": "unique" |
 * "par_cle" | "etapes" | "mecanique", "cle": [fields], "titre", "par_plan": whether a file that a plan describes may
 * state it, "schema": of "contenu", a JSON Schema}]. No code of its own. */
SPIE_API spie_status spie_event_types(char **json, size_t *length, spie_error *error);

/* Records a list of events, all of them or none, under one instant: [{"id", "seq"}] in their order. A null in a payload
 * is a field left out. E001: an event has not its form. E002: there is no such type, or not in this version. E003: it
 * corrects an event that another one corrected. E004: the instant lies before the last one, or more than a day
 * after the clock of the options. E005: it corrects what is not there. E006: its id is taken. */
SPIE_API spie_status spie_store_append(char **json, size_t *length, spie_store *store, const char *events,
                                       size_t events_length, const char *recorded_at, spie_error *error);
/* The events that name a subject, in the order of their record: [event], empty when there is none. */
SPIE_API spie_status spie_store_events(char **json, size_t *length, spie_store *store, const char *subject,
                                       spie_error *error);
/* One event. E005: there is none of that id. */
SPIE_API spie_status spie_store_event(char **json, size_t *length, spie_store *store, const char *id,
                                      spie_error *error);

/* The last event and its link of the chain: {"seq", "maillon": 64 hexadecimal digits}. Written down elsewhere, it
 * vouches for all that came before. */
SPIE_API spie_status spie_store_head(char **json, size_t *length, spie_store *store, spie_error *error);
/* Reads the whole chain, and compares what the store finds events by with what they say: {"intact", "evenements",
 * "effaces", "tete": {"seq", "maillon"}, "tete_trouvee": true | false | null without a head, "journal_acces": the
 * identity of the journal of accesses first opened beside it, null for none, "constats": [finding]}. `head` is a link
 * that was written down, or NULL: then a tail that was cut off cannot be seen. A chain that is broken is no failure of
 * the call. S007: the head is not 64 digits. */
SPIE_API spie_status spie_store_verify(char **json, size_t *length, spie_store *store, const char *head,
                                       spie_error *error);
/* Copies the whole into a new file, for its owner alone, while other processes read and write. S001: that file is there
 * already, or cannot be made. S008: the store is in memory. */
SPIE_API spie_status spie_store_backup(spie_store *store, const char *path, spie_error *error);
/* Leaves nothing in the file of what was erased: to be called again after an erasure that gave S005. */
SPIE_API spie_status spie_store_scrub(spie_store *store, spie_error *error);
/* What was erased, to be kept apart from the store and its backups: [{"jeton", "evenements"}]. Tokens name nobody. */
SPIE_API spie_status spie_store_erasures(char **json, size_t *length, spie_store *store, spie_error *error);
/* In a store restored from a backup, erases again what a list as spie_store_erasures gives it names: {"effacements":
 * how many the store still held}. E001: the list has not that form. E004: as spie_store_append. E005: a token is none.
 */
SPIE_API spie_status spie_store_replay(char **json, size_t *length, spie_store *store, const char *erasures,
                                       size_t erasures_length, const char *author, const char *recorded_at,
                                       spie_error *error);
/* After spie_store_rotate_keys: the store opens with the new keys alone. S002: they do not hold those of the store.
 * S008: it is in memory. */
SPIE_API spie_status spie_store_adopt_keys(spie_store *store, const char *keys, size_t keys_length, spie_error *error);

/* ---- Dossiers: reading files (docs/imports.md) ---- */

/* The formats that are read: [{"nom", "titre", "source", "besoin": "rien" | "personne" | "plan" |
 * "organisme"}]. No code of its own. */
SPIE_API spie_status spie_import_formats(char **json, size_t *length, spie_error *error);

/* What an import would say of a content that somebody types, the JSON object `content` of an event of the type `type`:
 * telephones, addresses, postcodes, births after `date`: [{"champ", "motif", "remede", "gardee": an import keeps such a
 * value, and says so}], texts in French. Nothing is recorded. E002: there is no such type; J…: `content` is no JSON. */
SPIE_API spie_status spie_entry_check(char **json, size_t *length, const char *type, const char *content,
                                      size_t content_length, const char *date, spie_error *error);

/* Told now and then, from the thread of the call, how many records were received so far; 0 lets the import go on,
 * anything else ends it. It may not use the store, and nothing may be thrown through it. */
typedef int32_t (*spie_progress)(void *context, int64_t records);

typedef struct spie_import_options {
  size_t struct_size;
  const char *author;      /* who imports; needed */
  const char *recorded_at; /* the instant of record; needed */
  const char *name;        /* of the file, for the report; NULL: the last part of its path */
  const char *date;        /* the day that its facts are true at, where the file gives none */
  const char *person;      /* the dossier that it is about: the "besoin" is "personne", or the plan has no key */
  const char *plan;        /* JSON, for a format whose "besoin" is "plan" */
  size_t plan_length;
  const char *nomenclatures; /* the folder of the lists of codes; NULL: those that come with the library */
  int32_t match_names;       /* not 0: names, birth date and birthplace are enough to attach; else they propose */
  int32_t batch;             /* records committed together; 0: 500 */
  spie_progress progress;    /* NULL: nobody is told */
  void *context;             /* handed to `progress` */
  const char *office;        /* the number of the CAF, for a format whose "besoin" is "organisme" */
  const spie_limits
      *limits; /* of the file: depth (64), bytes, records (`list_size`), steps, milliseconds; NULL: none */
} spie_import_options;

/* Reads a file into the store: that of `path`, or the bytes when `path` is NULL. What is right is recorded, what is
 * wrong is told record by record: docs/schemas/resultats/imports.Rapport.json, with recus = lus + refuses_total.
 * What was read counts when "clos" is true; a file that is refused as a whole, ends early, or passes a limit (I004 in
 * the report), gives SPIE_OK and a report that is not closed. A001: the format needs a person, a plan or a CAF;
 * `progress` ended the import, and what was read does not count until the same bytes are read again to their end. E004:
 * as spie_store_append. I001: the file, or the folder of lists, cannot be read. I002: there is no such format. I010: a
 * list of codes, or the plan, has not its form. J…: the plan is no JSON. P001: the lists are not installed. */
SPIE_API spie_status spie_import(char **json, size_t *length, spie_store *store, const char *format, const char *path,
                                 const char *bytes, size_t bytes_length, const spie_import_options *options,
                                 spie_error *error);

/* ---- Dossiers: what is known of a person ---- */

/* The dossier on a day, as far as `known` goes: {"dossier", "absorbes": [subjects], "foyer", "au", "connu", "seq",
 * "faits": [{"chemin", "valeur", "source", "auteur", "debut", "fin", "precision", "enregistre", "evenement", "seq",
 * "corrige", "raison", "autres": [what other sources say otherwise]}]}. `pack` says which source prevails
 * (donnees/sources.json); NULL: the latest effect. E005: the store has no such subject. P002: the order of sources of
 * the pack has not its form. */
SPIE_API spie_status spie_dossier_situation(char **json, size_t *length, spie_store *store, const char *subject,
                                            const char *date, const char *known, const spie_pack *pack,
                                            spie_error *error);
/* A row for each fact: "dossier", "au", "chemin", "valeur" (JSON), the same in the column of its kind ("texte",
 * "nombre", "jour", "booleen"), "source", "auteur", "debut", "fin", "precision", "enregistre", "evenement", "seq",
 * "corrige", "raison", "grossi", "autres". A stream as spie_ledger_table makes; the same codes, and T005. */
SPIE_API spie_status spie_dossier_situation_table(struct ArrowArrayStream *table, spie_store *store,
                                                  const char *subject, const char *date, const char *known,
                                                  const spie_pack *pack, spie_error *error);
/* The values alone, nested by their paths: {"identite": {"nom": "…"}, "statut": {"brsa": {"reponse": "oui"}}}. The same
 * codes. */
SPIE_API spie_status spie_dossier_values(char **json, size_t *length, spie_store *store, const char *subject,
                                         const char *date, const char *known, const spie_pack *pack, spie_error *error);
/* All that was ever said of a fact ("identite.nom") or of a family of them ("identite", "revenu.001"), in the order of
 * its record: [{"valeur", "source", "auteur", "debut", "fin", "enregistre", "evenement", "seq", "corrige", "type",
 * "cle", "corrige_par", "compte"}]; "corrige" is the event that it corrects, "compte" is false while its import is not
 * closed. E005: there is no such subject, or no such fact. */
SPIE_API spie_status spie_dossier_history(char **json, size_t *length, spie_store *store, const char *subject,
                                          const char *path, const char *known, spie_error *error);
/* A row for each thing said: "type", "cle", what spie_dossier_situation_table says of a fact, "corrige_par", "compte".
 * The same codes, and T005. */
SPIE_API spie_status spie_dossier_history_table(struct ArrowArrayStream *table, spie_store *store, const char *subject,
                                                const char *path, const char *known, spie_error *error);
/* What differs between two situations of a dossier: [{"chemin", "avant", "apres"}], each side null or as a fact. The
 * codes of spie_dossier_situation. */
SPIE_API spie_status spie_dossier_compare(char **json, size_t *length, spie_store *store, const char *subject,
                                          const char *date_before, const char *known_before, const char *date_after,
                                          const char *known_after, const spie_pack *pack, spie_error *error);
/* A row for each fact: "chemin", and each side as "avant_valeur", "apres_valeur"… The same codes, and T005. */
SPIE_API spie_status spie_dossier_compare_table(struct ArrowArrayStream *table, spie_store *store, const char *subject,
                                                const char *date_before, const char *known_before,
                                                const char *date_after, const char *known_after, const spie_pack *pack,
                                                spie_error *error);
/* What a pack decides on a dossier, by the map of facts of that pack (donnees/faits.json): {"resultat": as
 * spie_decision_evaluate, "faits": {those that were read}, "origines": {fact of the pack: [paths of the dossier]}}.
 * `facts`: those of the caller, before the dossier's; NULL for none. E005: the store has no such subject. P002, P015:
 * the map has not its form; P014, P016, P018: as spie_decision_evaluate. */
SPIE_API spie_status spie_dossier_decide(char **json, size_t *length, spie_store *store, const char *subject,
                                         const char *date, const char *known, const spie_decision *decision,
                                         const char *facts, size_t facts_length, spie_error *error);
/* At most `limit` dossiers (0: 100): ["personne:4kq9…"]. `key` is "nom" (the beginning of a surname, accents, hyphens
 * and capitals aside), "nir" (13 or 15 characters), "siret" or the genre of an identifier (its whole value). E005: this
 * is no NIR, or nothing is asked for. */
SPIE_API spie_status spie_dossier_find(char **json, size_t *length, spie_store *store, const char *key,
                                       const char *value, size_t limit, spie_error *error);

/* Who decides something of a dossier, when, and why. */
typedef struct spie_act {
  size_t struct_size;
  const char *author;      /* needed */
  const char *recorded_at; /* the instant of record; needed */
  const char *effect;      /* the day from which it holds; NULL: that of recorded_at, in UTC */
  const char *reason;      /* may be NULL */
} spie_act;

/* Makes `absorbed` a part of `kept`: {"evenement": the merge}. Before it was recorded, they are two. E004: as
 * spie_store_append. E005: one is not there. E007: they are one already, or are not persons. */
SPIE_API spie_status spie_dossier_merge(char **json, size_t *length, spie_store *store, const char *kept,
                                        const char *absorbed, const spie_act *act, spie_error *error);
/* The events recorded about the dossier since a merge, which undoing it assigns: [event]. E005: there is no such
 * merge. */
SPIE_API spie_status spie_dossier_merged_since(char **json, size_t *length, spie_store *store, const char *merge,
                                               spie_error *error);
/* Undoes a merge. `assignments` gives each event since to one of the two: [{"evenement", "dossier"}]. E001: it has not
 * that form. E004, E005: as above. E007: an event is left out, or goes elsewhere; the merge was undone already. */
SPIE_API spie_status spie_dossier_unmerge(spie_store *store, const char *merge, const char *assignments,
                                          size_t assignments_length, const spie_act *act, spie_error *error);
/* Undoes the attachment of a record (an event of the type "rattachement"): what it said goes to a new dossier,
 * {"dossier"}. E004, E005: as above. */
SPIE_API spie_status spie_dossier_detach(char **json, size_t *length, spie_store *store, const char *attachment,
                                         const spie_act *act, spie_error *error);
/* Corrects an event: {"contenu": {…}, "effet": {…}}, what is left out staying as it is; an empty document retracts it.
 * {"evenement": the correction}. E001: as spie_store_append. E003: it was corrected already. E004, E005: as above. */
SPIE_API spie_status spie_dossier_correct(char **json, size_t *length, spie_store *store, const char *event,
                                          const char *correction, size_t correction_length, const spie_act *act,
                                          spie_error *error);
/* Erases a person: the dossier, those merged into it, the household when no other member is left. [{"jeton",
 * "evenements"}]; the chain keeps that something was, and no longer what. E004, E005: as above. S005: it is erased, and
 * another reader keeps the file from being scrubbed; call spie_store_scrub later. */
SPIE_API spie_status spie_dossier_erase(char **json, size_t *length, spie_store *store, const char *person,
                                        const spie_act *act, spie_error *error);
/* Goes on from the right instant, act->recorded_at, when the last ones lie ahead of it: an event says which, by whom
 * and why, and they count as recorded at that instant: {"du", "au", "instant"}, the first and the last seq. E004: none
 * lies ahead, or the clock of the options is more than a day from that instant. */
SPIE_API spie_status spie_store_mend_clock(char **json, size_t *length, spie_store *store, const spie_act *act,
                                           spie_error *error);

/* ---- Rights: who may see what of a dossier (docs/droits.md) ----
 *
 * A desk holds the journal of accesses and the rules of a pack (donnees/droits.json). Each view passes the same mask
 * and writes one entry in the journal, before it is given; a call that is refused writes one too. What was held back
 * stands in "retenues": [{"objet", "titre", "traitement": "retenu" | "grossi", "motif", "texte"}], by family of facts,
 * whether the dossier holds any or not. What is masked cannot be known: nothing that is shown depends on it, and
 * nothing has an order number ("seq").
 *
 * A view may give R001: nobody asks, for no purpose that is known, or in a role that is not his, or `known` is the
 * number of an event ("#1234") and no date nor instant; E004: the instant of asking lies before the last one, or more
 * than a day after the clock of the options; E005: the store has no such person; S004 to S006: of the store, or of the
 * journal of
 * accesses. */

/* Who asks to see, and for what. */
typedef struct spie_demand {
  size_t struct_size;
  const char *actor;        /* "professionnel:…", "personne:…" for the person herself; needed */
  const char *structure;    /* "structure:…"; NULL: none */
  const char *const *roles; /* the actor's */
  size_t roles_count;
  const char *purpose;  /* needed */
  const char *asked_at; /* the instant of asking: that of the ties and of the consents; needed */
  const char *role;     /* one of his; NULL: the first, in the order of the table, that may */
} spie_demand;

/* A journal of accesses in memory, with the rules of a pack; the options as spie_store_memory. P002: its order of
 * sources has not its form. R003: its table of rights has not its form, or is not there. */
SPIE_API spie_status spie_desk_memory(spie_desk **desk, const spie_pack *pack, const spie_store_options *options,
                                      spie_error *error);
/* At an address, as spie_store_create: a new file, with the keys of the store; "dossiers.db-acces" by convention. P002,
 * R003: as above. S001, S002: as spie_store_create. */
SPIE_API spie_status spie_desk_create(spie_desk **desk, const spie_pack *pack, const char *address, const char *keys,
                                      size_t keys_length, const spie_store_options *options, spie_error *error);
/* P002, R003: as above. S001 to S003: as spie_store_open. */
SPIE_API spie_status spie_desk_open(spie_desk **desk, const spie_pack *pack, const char *address, const char *keys,
                                    size_t keys_length, const spie_store_options *options, spie_error *error);
SPIE_API void spie_desk_free(spie_desk *desk);

/* What the actor sees of a dossier on a day: {"role": that played, empty when none could, "situation": as
 * spie_dossier_situation, "retenues"}. A fact that is shown coarsely is {"chemin", "valeur", "grossi": true}; one that
 * is shown without the event that says it has no "auteur", "enregistre" nor "evenement". The key of what a
 * source numbers ("objectif.v1/25/31.etat") is a rank ("objectif.2.etat") unless all of it is shown. */
SPIE_API spie_status spie_desk_view(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                    const spie_demand *demand, const char *person, const char *date, const char *known,
                                    spie_error *error);
/* {"role", "historique": as spie_dossier_history, "retenues"}: facts that are shown in clear alone have one. Of a path
 * that may not be shown to this role, the first of "retenues" has the "objet" "chemin". */
SPIE_API spie_status spie_desk_history(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                       const spie_demand *demand, const char *person, const char *path,
                                       const char *known, spie_error *error);
/* {"role", "differences": as spie_dossier_compare, "retenues"}; a side that is shown coarsely is {"valeur", "grossi":
 * true}. */
SPIE_API spie_status spie_desk_compare(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                       const spie_demand *demand, const char *person, const char *date_before,
                                       const char *known_before, const char *date_after, const char *known_after,
                                       spie_error *error);
/* At most `limit` persons (0: 50) by the beginning of a surname, as spie_desk_view: those whose names the actor sees in
 * clear, and no trace of any other. R002: the pack shows no name to this role for this purpose. */
SPIE_API spie_status spie_desk_search(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                      const spie_demand *demand, const char *name, const char *date, size_t limit,
                                      spie_error *error);
/* Dossiers that may be of the same person, both names being seen in clear: [{"dossier", "raisons"}]. When `person` is
 * NULL, every pair that is two dossiers still: [{"garde": the one recorded first, "absorbe", "raisons"}], each of the
 * two as one of spie_desk_list. R002: as above. */
SPIE_API spie_status spie_desk_duplicates(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                          const spie_demand *demand, const char *person, spie_error *error);
/* The persons whose names the actor sees in clear, fifty a page (0 is page 1) in the order of their names, those alone
 * that professionals of a structure follow when `structure` is not NULL: {"page", "pages", "total", "dossiers":
 * [{"dossier", "nom", "prenom", "date_naissance", "referents": [{"role", "professionnel", "structure"}]}]}, without
 * what he does not see. */
SPIE_API spie_status spie_desk_list(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                    const spie_demand *demand, const char *structure, size_t page, spie_error *error);
/* Of these persons (a JSON list of their ids), those whose names the actor sees in clear: "dossiers" as above. J002:
 * `persons` is no such list. */
SPIE_API spie_status spie_desk_names(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                     const spie_demand *demand, const char *persons, size_t persons_length,
                                     spie_error *error);
/* Evaluates a decision on facts that were made from the dossier, and shows what does not stand on facts held back:
 * {"role", "resultat": as spie_decision_evaluate with its trace, "retenues"}. `origins` says what each fact of the pack
 * was made from, a JSON object: {"freins": ["frein"], "freins.code": ["frein.code"]}; a fact that it does not name is
 * held back. Of a result that stands on facts held back, "valeur" and "statut" are null, "manquants" and "erreurs"
 * empty. J002: `origins` has not that form; P…: as spie_decision_evaluate. */
SPIE_API spie_status spie_desk_explain(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                       const spie_demand *demand, const char *person, const spie_decision *decision,
                                       const char *facts, size_t facts_length, const char *as_of, const char *origins,
                                       size_t origins_length, spie_error *error);
/* The same on her dossier, as far as is known when it is asked: the pack's own map (donnees/faits.json) gives the facts
 * and where they came from. `facts`: those of the caller, before the dossier's; NULL for none. The codes of
 * spie_dossier_decide. */
SPIE_API spie_status spie_desk_decide(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                      const spie_demand *demand, const char *person, const spie_decision *decision,
                                      const char *date, const char *facts, size_t facts_length, spie_error *error);
/* The right of access: all that is held on the person, {"dossier", "au", "demande", "situation", "sources",
 * "evenements", "foyer", "acces", "traitement"}, without the facts of other members of the household. The last is what
 * the pack says with it (RGPD, article 15 (1)): {"responsable", "contact", "finalites", "destinataires", "durees",
 * "droits", "autorite"}, or null. It is what she may see, whoever
 * asks for her. R002: the pack does not allow this actor the act "acces". */
SPIE_API spie_status spie_desk_access(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                      const spie_demand *demand, const char *person, const char *date,
                                      spie_error *error);
/* Who asked to see a dossier; all entries when `person` is NULL: [{"seq": null, "instant", "acteur", "structure",
 * "role", "finalite", "operation", "dossiers", "refus": the code of a call that was refused, else null}]. To ask is an
 * entry too, which the next call shows. R002: the pack does not allow this actor the act "consultations"; all entries
 * ask for a role without a tie. */
SPIE_API spie_status spie_desk_accesses(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                        const spie_demand *demand, const char *person, spie_error *error);

/* Whether the pack allows an act ("corriger", "fusionner"; its donnees/droits.json has the list): {"role": that plays},
 * and an entry in the journal of accesses. The act itself is then the caller's: spie_store_append and the functions of
 * spie_dossier_… check nothing. `targets` is what it is done to: [{"sujets": ["personne:…"], "type", "corrige",
 * "auteur"}], the last three at will; an event, recorded or to be, is one. Of a type that he sees by groups, the actor
 * is the author of what is to be recorded (R002). The first subject holds it; a role that needs a tie has one to
 * every person among them. To record or correct an event of a type that has an act of its own asks for that act too.
 * E001: `targets` has not that form. E005: there is no such person yet, and the actor's roles need a tie. R002: it is
 * not allowed. */
SPIE_API spie_status spie_desk_permit(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                      const spie_demand *demand, const char *act, const char *targets,
                                      size_t targets_length, spie_error *error);
/* Declassifies one free text of a dossier, that which `event` holds in `field`: {"evenement": the declassification}, to
 * be retracted by spie_dossier_correct. The text alone is then shown to whom its field would be, until it is corrected.
 * `reason` may be NULL. E003: the event was corrected. E005: the dossier has no such event, or no free text there.
 * R002: the pack does not allow this actor the act "declasser", or he does not see the text. */
SPIE_API spie_status spie_desk_declassify(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                          const spie_demand *demand, const char *person, const char *event,
                                          const char *field, const char *reason, spie_error *error);
/* Does an act of the path at the desk, with the right of the demand, in one batch: {"acte": its id, "evenements": those
 * recorded, "avertissements": findings}. `act` is {"acte": "relais.demander", "sujet": "personne:…", "effet":
 * "2022-06-01", "contenu": fields of the event without its step, "lu": the instant at which what it answers was read,
 * "numero": the caller's own id for it}, the last three at will; spie_path_acts lists the acts. Nothing is recorded
 * when it is refused: R002 without the right; Q001 for an act or a form that is not known, E001 for a field; Q002 when
 * the dossier is not where the act begins; Q003 while a condition of the pack is not fulfilled, one finding each; E003
 * when what it reads moved after "lu"; E004 for an instant before the last one; E005 for a subject that is not there;
 * E006 for a "numero" that an act of the same actor bears already. */
SPIE_API spie_status spie_desk_act(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                   const spie_demand *demand, const char *act, size_t act_length, spie_error *error);
/* Retracts all the events of an act: an answer like that of spie_desk_act. Whoever did it may,
 * while he has its right; else the pack is asked for "corriger". Q002: a later act rests on it, or it was undone
 * already. E005: there is no such act that the actor may undo. */
SPIE_API spie_status spie_desk_undo(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                    const spie_demand *demand, const char *act, spie_error *error);
/* Where the relays of a person stand, those that the actor sees: a list of
 * docs/schemas/resultats/parcours.EtatRelais.json. P011: the pack has no conditions of relays. Else as spie_desk_view.
 */
SPIE_API spie_status spie_desk_relays(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                      const spie_demand *demand, const char *person, spie_error *error);
/* The path of a person as of that day, as far as the actor sees it in clear:
 * docs/schemas/resultats/parcours.Parcours.json, and "retenues" as in spie_desk_view, whose errors it gives. */
SPIE_API spie_status spie_desk_path(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                    const spie_demand *demand, const char *person, const char *date, spie_error *error);
/* Hands the dossier of a person to somebody who reads it elsewhere: writes what the actor sees in clear in a format of
 * theirs, and records the event `partage`, in one act. `format` is france_travail.v1, france_travail.v4, carnet or
 * data_inclusion.v1; `recipient` a role, or "structure:…"; `nomenclatures` as in spie_import_options. Gives {"format",
 * "version", "document", "pertes": [{"chemin", "motif"}], "acte", "avertissements", "retenues"}: the losses are the
 * facts that the format cannot carry. A001: no such format. P011: the pack has no crosswalk to it. Else as
 * spie_desk_act and spie_desk_view. */
SPIE_API spie_status spie_desk_share(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                     const spie_demand *demand, const char *person, const char *format,
                                     const char *recipient, const char *date, const char *nomenclatures,
                                     spie_error *error);
/* The logbook of a person on that day, as the actor may see it: docs/schemas/resultats/parcours.Carnet.json, and
 * "retenues" as in spie_desk_view, whose errors it gives. */
SPIE_API spie_status spie_desk_logbook(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                       const spie_demand *demand, const char *person, const char *date,
                                       spie_error *error);
/* The passport of skills of a person on that day, as the actor may see it:
 * docs/schemas/resultats/passeport.Passeport.json, and "retenues" as in spie_desk_view, whose errors it gives. */
SPIE_API spie_status spie_desk_passport(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                        const spie_demand *demand, const char *person, const char *date,
                                        spie_error *error);
/* What the diagnostic and the facts of the dossier propose for it, each with its reason, and what she answered:
 * docs/schemas/resultats/passeport.Propositions.json, and "retenues". Keeping one is the act passeport.ajouter with its
 * id under "proposition", refusing it passeport.refuser. P011: the pack says nothing of passports. Else as
 * spie_desk_view. */
SPIE_API spie_status spie_desk_passport_proposals(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                                  const spie_demand *demand, const char *person, const char *date,
                                                  spie_error *error);
/* The passport against the profile of a sector or of a job: `profile` is {"profil": {"id", "titre", "filiere",
 * "metier", "bassins", "du", "au", "construit_avec", "attendus": [{"referentiel", "code", "version", "libelle",
 * "poids"}]}, "metiers": [{"rome", "bassin", "du", "au", "source"}], "bassin"}, the last two at will: an empty list of
 * jobs in tension is unknown, never "no". Gives docs/schemas/resultats/passeport.Comparaison.json, and "retenues".
 * Q001: no profile, or one that does not hold on that day. Else as spie_desk_passport_proposals. */
SPIE_API spie_status spie_desk_passport_compare(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                                const spie_demand *demand, const char *person, const char *date,
                                                const char *profile, size_t profile_length, spie_error *error);
/* What the outcome of an immersion lets be issued, unsigned: docs/schemas/resultats/passeport.BadgePossible.json, and
 * "retenues". Q002: no such immersion. Else as spie_desk_passport_proposals. */
SPIE_API spie_status spie_desk_passport_badge(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                              const spie_demand *demand, const char *person, const char *date,
                                              const char *immersion, spie_error *error);
/* What may leave under a share: docs/schemas/resultats/passeport.Selection.json. Q002: the share is not open on that
 * day. Writing it out is spie_desk_passport_hand_over; of a page, the act passeport.remettre. Else as
 * spie_desk_passport_proposals. */
SPIE_API spie_status spie_desk_passport_selection(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                                  const spie_demand *demand, const char *person, const char *date,
                                                  const char *share, spie_error *error);
/* The same, where `rome` gives codes of its release their words, as in what is handed over; NULL: those that the pack
 * knows. */
SPIE_API spie_status spie_desk_passport_selection_with(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                                       const spie_demand *demand, const char *person, const char *date,
                                                       const char *share, const spie_rome *rome, spie_error *error);
/* The document that somebody who was asked to endorse her may sign (the act recommandation.demander): an
 * EndorsementCredential whose issuer is "ISSUER". `asked` is {"texte", "sur": the id of the badge, "id", "emetteur":
 * the name of who will sign}, all at will. Q001: words that tell of health or of justice, or a NIR. Q002: no such
 * endorsement is seen, it is refused or taken back, nothing says which badge it is of. Else as
 * spie_desk_passport_proposals. */
SPIE_API spie_status spie_desk_endorsement(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                           const spie_demand *demand, const char *person, const char *date,
                                           const char *endorsement, const char *asked, size_t asked_length,
                                           spie_error *error);
/* The badges of a structure on that day, those that it may bear and those that were signed:
 * docs/schemas/resultats/reseau.BadgesStructure.json. E005: no such structure; P011: the pack has no such badges; Q001:
 * it is none. */
SPIE_API spie_status spie_desk_structure_badges(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                                const spie_demand *demand, const char *structure, const char *date,
                                                spie_error *error);
/* The credential of one, to be signed: an AchievementCredential whose issuer is "ISSUER" and whose subject is the
 * structure. `asked` is {"code", "id", "sujet": a DID or an address of the structure, "adresse": under which the issuer
 * describes its badges, "emetteur": its name, "liste", "entree": of status}, the first alone required. Q003: it may not
 * be borne. Else as spie_desk_structure_badges. */
SPIE_API spie_status spie_desk_structure_credential(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                                    const spie_demand *demand, const char *structure, const char *date,
                                                    const char *asked, size_t asked_length, spie_error *error);
/* Writes down a badge that was signed for a structure, read from its bytes (the act badge_structure.emettre): as
 * spie_desk_act. B001: it is no badge; B011: nobody signed it. */
SPIE_API spie_status spie_desk_structure_issued(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                                const spie_demand *demand, const char *structure, const char *date,
                                                const char *code, const char *badge, size_t badge_length,
                                                spie_error *error);
/* Every instance on that day, in the order of their names, with its seats in force and its sessions: a list of
 * docs/schemas/resultats/parcours.InstanceLue.json. No fact of it is a person's. `known` may be NULL. */
SPIE_API spie_status spie_instances(char **json, size_t *length, spie_store *store, const char *date, const char *known,
                                    spie_error *error);
/* A session of an instance as the actor may see it, and whom it convenes and why:
 * docs/schemas/resultats/parcours.Agenda.json. Who is convened sees the cases that concern him, and nothing that would
 * count, place or name another one. `session` NULL: the next one from the day of the demand on, else the last. E005:
 * no such instance, or no such session. Else as spie_desk_view. */
SPIE_API spie_status spie_desk_agenda(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                      const spie_demand *demand, const char *instance, const char *session,
                                      spie_error *error);
/* What the convention counts of the sessions held and of the decisions taken from one day to the other, both included;
 * of every instance when it is NULL: docs/schemas/resultats/parcours.Participation.json. Small counts are not told.
 * R002: the table does not allow the act "compter_instances" to the actor. Q001: the period ends before it begins. */
SPIE_API spie_status spie_desk_participation(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                             const spie_demand *demand, const char *instance, const char *from,
                                             const char *to, spie_error *error);
/* Every act of the path: [{"acte", "type": of the event, "depuis": steps that it may follow (null: none yet), "vers":
 * its step, "=" to stay (null: the type has none), "droit": that the pack is asked for, "titre"}]. */
SPIE_API spie_status spie_path_acts(char **json, size_t *length, spie_error *error);
/* Takes away the entries that the pack keeps no longer on that day: {"purges": how many}. P011: the pack gives no rule
 * for it. */
SPIE_API spie_status spie_desk_purge(char **json, size_t *length, spie_desk *desk, const char *date, spie_error *error);
/* Reads the chain of the accesses: {"intact", "premier", "entrees", "tete": {"seq", "maillon"}, "tete_trouvee": null
 * without a head, "identite": null in memory, "place", "constats"}. `head` is a link that was written down, or NULL:
 * then a tail that was cut off cannot be seen. `store`, when it is not NULL, says what this journal is to it: "place"
 * is "connu" for the one that it knows, "premier" when it knows none, else "autre" or "nouveau" (begun after, in its
 * place), which are not intact. S007: the head is not 64 digits. */
SPIE_API spie_status spie_desk_verify(char **json, size_t *length, spie_desk *desk, spie_store *store, const char *head,
                                      spie_error *error);
/* As spie_store_mend_clock, for the journal of accesses. */
SPIE_API spie_status spie_desk_mend_clock(char **json, size_t *length, spie_desk *desk, const spie_act *act,
                                          spie_error *error);

/* ---- Badges (docs/badges.md) ---- */

/* Makes a key: "ed25519", "p256", "p384" or "rsa" (3,072 bits). A001: another name. */
SPIE_API spie_status spie_key_generate(spie_key **key, const char *algorithm, spie_error *error);
/* Reads one block of PKCS#8 in PEM, with the passphrase that it was encrypted under; none when its length is 0. B004:
 * another form, another kind of key, a wrong passphrase. No error says a word of the secret. */
SPIE_API spie_status spie_key_read(spie_key **key, const char *pem, size_t pem_length, const char *passphrase,
                                   size_t passphrase_length, spie_error *error);
/* Asked for the signature of `message`: 0 when `signature` and `signature_length` are set, to what lives until the next
 * call from that thread; anything else when there is none. Ed25519: 64 bytes; ECDSA: r and s one after the other, with
 * SHA-256 (P-256) or SHA-384 (P-384); RSA: PKCS#1 v1.5 with SHA-256. Called from the thread that issues: from several
 * at once for a batch. Nothing may be thrown through it. */
typedef int32_t (*spie_sign)(void *context, const char *message, size_t message_length, const char **signature,
                             size_t *signature_length);
/* A key that stands elsewhere (a security module, a service), of which only the public part is at hand: JWK, PEM,
 * Multikey, or what spie_key_public gives. It signs wherever a key does, until it is freed; B004 is then also for a
 * signature that was not given, or that does not hold under the public key. B004: no such public key. */
SPIE_API spie_status spie_key_elsewhere(spie_key **key, const char *public_key, size_t public_key_length,
                                        spie_sign sign, void *context, spie_error *error);
/* Wipes the secret, when nothing signs with it any more. */
SPIE_API void spie_key_free(spie_key *key);
/* {"did": did:key, or did:jwk for RSA, "multibase": null for RSA, "jwk": object}. No code of its own. */
SPIE_API spie_status spie_key_public(char **json, size_t *length, const spie_key *key, spie_error *error);
/* The secret, PKCS#8 in PEM, encrypted when a passphrase is given: the caller wipes it before spie_free. B004: it
 * stands elsewhere. */
SPIE_API spie_status spie_key_write(char **pem, size_t *length, const spie_key *key, const char *passphrase,
                                    size_t passphrase_length, spie_error *error);

/* Signs a credential (Open Badges 3.0, CLR 2.0): {"forme": "json" | "jws", "badge": text, "avertissements": [check]}.
 * An issuer "ISSUER" becomes the DID of the key; the rest is kept byte for byte. `proofs`: "eddsa-rdfc-2022",
 * "ecdsa-rdfc-2019", "eddsa-jcs-2022", "vc-jwt"; none: that of the kind of key. `at` is the instant of the proofs, with
 * its zone; `method` the address of the key, or NULL. A001: an instant or a proof is none. B001, B002, B015: the
 * credential breaks a rule of its format; B004: the key does not fit the proof; B006: it is not the issuer's; J…: the
 * text is no JSON. */
SPIE_API spie_status spie_badge_issue(char **json, size_t *length, const char *credential, size_t credential_length,
                                      const spie_key *key, const char *const *proofs, size_t proof_count,
                                      const char *at, const char *method, spie_error *error);

/* A list of issuers signed by its keeper (docs/badges.md, la liste de confiance): a compact JWS, to be handed over as
 * `trust`. `method` as spie_badge_issue. B001: another form; J…: the text is no JSON. */
SPIE_API spie_status spie_trust_sign(char **jws, size_t *length, const char *list, size_t list_length,
                                     const spie_key *key, const char *method, spie_error *error);

typedef struct spie_batch_options {
  size_t struct_size;
  const char *at;            /* the instant of the proofs, with its zone; needed */
  const char *const *proofs; /* as spie_badge_issue */
  size_t proof_count;
  const char *method;           /* NULL: as spie_badge_issue */
  const char *const *registers; /* files of registers: each gives each badge an entry, or none at all */
  size_t register_count;
  uint32_t threads;       /* 0: all processors */
  spie_progress progress; /* told of the badges signed, one call at a time, from whichever thread; NULL: nobody is */
  void *context;          /* handed to `progress` */
} spie_batch_options;

/* One badge for many people: [{"ligne", "id", "forme", "badge", "avertissements"}], in the order of the lines
 * (docs/schemas/resultats/badges.BadgeEmis.json). `model` is an unsigned credential; `lines` a CSV with a header, or
 * JSON lines: "id" (drawn when it is empty), "destinataire" (an identifier of the person) or "courriel" (of which the
 * badge holds a salted hash), "recit" (her narrative). All or nothing: the findings of every line at fault come back,
 * each with its place ("ligne 3"), and nothing was signed. B001: a line that names nobody, or two, or holds a NIR, an
 * id given twice; others as spie_badge_issue; A001: a register cannot be read or written, or `progress` ended the
 * batch. */
SPIE_API spie_status spie_badge_issue_all(char **json, size_t *length, const char *model, size_t model_length,
                                          const char *lines, size_t lines_length, const spie_key *key,
                                          const spie_batch_options *options, spie_error *error);

typedef struct spie_register_options {
  size_t struct_size;
  const char *list;    /* the address where the list is published; needed */
  const char *form;    /* "bitstring", or "1edtech": the revoked badges by their id, without a proof; NULL: the first */
  const char *purpose; /* "revocation", "suspension", "refresh", "message"; NULL: the first */
  int64_t entries;     /* at least 131,072; 0: as many */
  int32_t bits;        /* of an entry, 1 to 8; 0: 1 */
  const char *const *messages; /* what each value means, in order; needed beyond one bit, and for "message" */
  size_t message_count;
} spie_register_options;

/* Makes the register of a list of statuses: a file that must not be there, for its owner alone. A001: the file cannot
 * be written, or the options do not go together; B009, B012: a size. */
SPIE_API spie_status spie_register_create(const char *path, const spie_register_options *options, spie_error *error);
/* What it holds: docs/schemas/resultats/badges.EtatRegistre.json. A001: the file cannot be read; B009, J…: it is no
 * register. */
SPIE_API spie_status spie_register_read(char **json, size_t *length, const char *path, spie_error *error);
/* The credential, kept byte for byte, with an entry of that list: to be signed. The file is replaced in one step, while
 * others who change it wait: no entry is lost. A badge that has an entry keeps it. B001: it has no id; B012: the list
 * is full; others as spie_register_read. */
SPIE_API spie_status spie_register_enter(char **credential, size_t *length, const char *path, const char *given,
                                         size_t given_length, spie_error *error);
/* What the list says of those badges, all or none: 0 while nothing is said. `reason`: of a revocation, in a list of
 * 1EdTech; else NULL. B010: a badge has no entry; B009: a value that the bits do not hold, a revocation that is lifted.
 */
SPIE_API spie_status spie_register_set(const char *path, const char *const *badges, size_t badge_count, int64_t value,
                                       const char *reason, spie_error *error);
/* The list as it stands, to be published at its address: a BitstringStatusListCredential to be signed with
 * spie_badge_issue, whose issuer may be "ISSUER"; a list of 1EdTech, which no proof goes with. `from` and `until`:
 * instants with their zone; NULL for no end. A001: they are none. */
SPIE_API spie_status spie_register_list(char **credential, size_t *length, const char *path, const char *issuer,
                                        const char *from, const char *until, spie_error *error);

/* Asked for a document that was not handed over: 0 when `bytes` and `length` are set, to what lives until the next call
 * from that thread; anything else when it is not had. Nothing may be thrown through it. */
typedef int32_t (*spie_fetch)(void *context, const char *address, const char **bytes, size_t *length);

typedef struct spie_badge_options {
  size_t struct_size;
  const char *at;             /* the instant, with its zone: "2026-11-29T08:00:00Z"; needed */
  const spie_file *documents; /* by address: documents of DIDs and issuers, lists of status */
  size_t document_count;
  const spie_file *keys; /* public keys that the caller vouches for, by their id: JWK, PEM, Multikey */
  size_t key_count;
  const char *trust; /* a signed list of issuers; none when its length is 0 */
  size_t trust_length;
  const char *const *required; /* "confiance", "destinataire", "avenants" */
  size_t required_count;
  const char *recipient; /* whom the badge must have been given to; NULL: nobody is asked; empty: A001 */
  spie_fetch fetch;      /* NULL: nothing is asked for */
  void *context;         /* handed to `fetch` */
} spie_badge_options;

/* Verifies a badge in JSON, in a compact JWS, or in a PNG or an SVG: {"verdict": "valide" | "invalide" |
 * "non_verifiable", "emetteur": "prouve" | "auto_declare" | "discordant" | null, "controles": [{"nom": "structure" |
 * "destinataire" | "preuve" | "cle" | "emetteur" | "confiance" | "statut" | "dates" | "avenants", "etat": "ok" |
 * "echec" | "avertissement" | "non_verifie", "code": null for what is ok, "place", "motif": {"fr", "en"}, "remede":
 * {"fr", "en"}}]} (docs/schemas/resultats/badges.Rapport.json): every check stands there, in that order. Whatever the
 * bytes, it is a report. A001: an option has not its form; B…: the list of trust is none. */
SPIE_API spie_status spie_badge_verify(char **json, size_t *length, const char *badge, size_t badge_length,
                                       const spie_badge_options *options, spie_error *error);
/* A credential that is not signed yet, with an endorsement in it (JSON or JWS), under what bears the id that it
 * endorses: the credential, its achievement, its issuer; every other byte is kept. B001: it is of something else, or
 * none; B005: the credential is signed already; B011: nobody signed the endorsement. */
SPIE_API spie_status spie_badge_join(char **json, size_t *length, const char *credential, size_t credential_length,
                                     const char *endorsement, size_t endorsement_length, spie_error *error);
/* A signed endorsement, verified, and written down as given: as spie_desk_act, with "rapport" as spie_badge_verify
 * gives. Q002: it is not valid, its issuer is not proven, it is of another badge. Nothing is recorded then. */
SPIE_API spie_status spie_desk_endorsed(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                        const spie_demand *demand, const char *person, const char *date,
                                        const char *endorsement, const char *signed_one, size_t signed_length,
                                        const spie_badge_options *options, spie_error *error);
/* As spie_desk_structure_issued, with the documents of an issuer such as a did:web; the instant of `options` is not
 * read. Q002: the proof does not hold, or the badge is of another structure, or says what the pack does not. */
SPIE_API spie_status spie_desk_structure_issued_with(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                                     const spie_demand *demand, const char *structure, const char *date,
                                                     const char *code, const char *badge, size_t badge_length,
                                                     const spie_badge_options *options, spie_error *error);
/* The image, PNG or SVG, with the badge in it, every other byte kept; `length` is that of the bytes. B011: it is no
 * such image, or holds a badge and `overwrite` is 0; B012: too large. */
SPIE_API spie_status spie_badge_bake(char **image, size_t *length, const char *bytes, size_t bytes_length,
                                     const char *badge, size_t badge_length, int32_t overwrite, spie_error *error);
/* The badge that the bytes carry, byte for byte. B011: none; B012: too large. */
SPIE_API spie_status spie_badge_extract(char **badge, size_t *length, const char *bytes, size_t bytes_length,
                                        spie_error *error);
/* A QR code that says where a badge is, which one, and its hash: {"texte", "cote", "modules": '1' dark, row by row}.
 * B011: the address is not https; B012: too long. */
SPIE_API spie_status spie_badge_qr(char **json, size_t *length, const char *address, const char *id, const char *badge,
                                   size_t badge_length, spie_error *error);

/* ---- The passport, signed and verified (docs/passeport.md) ---- */

/* Given a credential to be signed, gives it back with its entry of status (as spie_badge_issue takes it): 0 when
 * `bytes` and `length` are set, to what lives until the next call; anything else ends the whole, and nothing is
 * recorded. Nothing may be thrown through it. */
typedef int32_t (*spie_enter)(void *context, const char *credential, size_t credential_length, const char **bytes,
                              size_t *length);

typedef struct spie_passport_signing {
  size_t struct_size;
  const spie_key *key;       /* needed */
  const char *const *proofs; /* as spie_badge_issue */
  size_t proof_count;
  const char *at;        /* the instant, with its zone: since when what is signed holds; needed */
  const char *method;    /* as spie_badge_issue; NULL: that of the key */
  const char *issuer;    /* its address; NULL: the DID of the key */
  const char *name;      /* of the issuer, as readers see it; NULL: none */
  spie_enter enter;      /* NULL: what is signed cannot be revoked */
  void *context;         /* handed to `enter` */
  const spie_rome *rome; /* gives codes of its release their words; NULL: those that the pack knows */
} spie_passport_signing;

/* Issues the badge of an immersion, once spie_desk_passport_badge says "delivrable", and records it: `request` is
 * {"immersion", "titulaire": {"adresse": an e-mail of which the badge holds a salted hash, or "id": a did:key or
 * did:jwk of hers; neither: an identifier is drawn}, "mots": {item: words typed for it}}, the last two at will.
 * {"badge": docs/schemas/resultats/passeport.BadgeSigne.json, "titulaire", "statuts":
 * [docs/schemas/resultats/passeport.StatutBadge.json], "retenus", "acte": as spie_desk_act, "avertissements"}. R002
 * without the right; Q002: the immersion lets nothing be issued; Q001: the request has not its form. Else as
 * spie_badge_issue. Nothing is recorded then. */
SPIE_API spie_status spie_desk_passport_issue(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                              const spie_demand *demand, const char *person, const char *date,
                                              const char *request, size_t request_length,
                                              const spie_passport_signing *signing, spie_error *error);
/* Writes out what may leave under a share, in fresh documents signed for it, and records it: `request` is {"partage",
 * "forme": "badges" | "clr" | "json", "elements", "titulaire", "mots", "accord_recueilli"}, all at will. Without a
 * share it is for herself: all her items, or "elements". {"forme", "texte" (badges: one a line), "empreinte": SHA-256
 * of the text, "titulaire", "emetteur", "badges": [BadgeSigne], "statuts": [StatutBadge], "selection": as
 * spie_desk_passport_selection, "acte", "avertissements"}. `signing` may be NULL for "json",
 * or hold `rome` alone. Q002: the share is not
 * open, nothing may leave, or the identifier names her under another share. A001: another form, or a proof that does
 * not stand in the badges of a CLR. Else as spie_desk_passport_issue. */
SPIE_API spie_status spie_desk_passport_hand_over(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                                  const spie_demand *demand, const char *person, const char *date,
                                                  const char *request, size_t request_length,
                                                  const spie_passport_signing *signing, spie_error *error);
/* Verifies a badge as of `options->at`, and records that it guarantees an item when it is valid, its issuer proved and
 * recognised by the list of trust that day, and given to her (`options->recipient`; NULL: what the dossier knows her
 * by). {"garanti": true | false, "motif": why not, "rapport": as spie_badge_verify, "acte": null when nothing is
 * recorded}. R002 without the right; Q002: there is no such item. Else as spie_badge_verify. */
SPIE_API spie_status spie_desk_passport_guarantee(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                                  const spie_demand *demand, const char *person, const char *item,
                                                  const char *badge, size_t badge_length,
                                                  const spie_badge_options *options, spie_error *error);
/* Looks again at each badge that guarantees an item of hers, by its entries of status, its last day and the list of
 * trust, without its bytes: a list of docs/schemas/resultats/passeport.Revue.json. What falls is recorded when `record`
 * is not 0. Else as spie_desk_passport_guarantee. */
SPIE_API spie_status spie_desk_passport_review(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                               const spie_demand *demand, const char *person,
                                               const spie_badge_options *options, int32_t record, spie_error *error);
/* What is to be set by who holds the key: with `share`, once it ceased, the entries of what was signed under it, a list
 * of docs/schemas/resultats/passeport.StatutBadge.json; without (NULL), what outlives the passport of who is to be
 * erased: docs/schemas/resultats/passeport.Survivances.json. Under no mask: for who keeps the store. E005: there is no
 * such person. */
SPIE_API spie_status spie_passport_outlives(char **json, size_t *length, spie_store *store, const char *person,
                                            const char *share, spie_error *error);

/* ---- The path ---- */

/* Whether a planned PMSMP (period in a host structure) is lawful beside those that the person signed before (code du
 * travail, L5135-1, L5135-2, L5135-7, D5135-2, D5135-3). `request`: {"convention": {"id", "structure", "objet",
 * "objectifs": [text], "debut", "fin", "renouvelle", "prescripteur", "usages", "delegation"}, "precedentes": [the same,
 * "objectifs_atteints"]}, dates as ISO text, both days included. Null, absent or [] is unknown; no "renouvelle" renews
 * nothing. {"verdict": "conforme" | "non_conforme" | "indetermine", "motifs": [{"regle": "duree" | "renouvellement" |
 * "nombre" | "objets" | "total_jours" | "objet" | "prescripteur" | "usage", "article", "texte"}], "manquants": [path],
 * "a_completer": [text]}; sentences are in French (docs/schemas/resultats/parcours.ExamenImmersion.json). `date` dates
 * the law of a convention without a first day. Q001: the request has not this form, or contradicts itself. P011: the
 * pack says nothing of this law. */
SPIE_API spie_status spie_immersion_check(char **json, size_t *length, const spie_pack *pack, const char *request,
                                          size_t request_length, const char *date, spie_error *error);
/* The same of an immersion that a dossier holds, by its id: the others are its precedents, those that were signed; one
 * that was given up before its first day is none. E005: there is no such subject, or no such immersion. */
SPIE_API spie_status spie_dossier_immersion(char **json, size_t *length, spie_store *store, const spie_pack *pack,
                                            const char *subject, const char *immersion, const char *date,
                                            const char *known, spie_error *error);

/* The moments of vigilance of a pack: [{"nom", "titre", "decision", "niveau", "population", "delai", "source", "suite",
 * "article"}]. P002: donnees/vigilance.json has not its form; P011: the pack has none. */
SPIE_API spie_status spie_vigilance_moments(char **json, size_t *length, const spie_pack *pack, spie_error *error);

typedef struct spie_vigilance_options {
  size_t struct_size;
  const char *const *moments; /* NULL: all */
  size_t moments_count;
  const char *structure; /* those alone whose référent in force is of it; NULL: all */
  int32_t detail;        /* not 0: "a_verifier" is a list */
} spie_vigilance_options;

/* Which dossiers stand at a moment where a path may break, on a day, for a program, which sees all: {"alertes":
 * [{"personne", "moment", "niveau", "depuis", "faits", "source", "suite", "structure", "referent", "traite"}],
 * "a_verifier": how many hold facts too few to tell, or with `detail` [{"personne", "moment", "manquants"}], "comptes":
 * {moment: n}, "moments_non_vus"}. `options` may be NULL. Q001: an unknown moment; P002, P011: as above. */
SPIE_API spie_status spie_store_vigilance(char **json, size_t *length, spie_store *store, const spie_pack *pack,
                                          const char *date, const char *known, const spie_vigilance_options *options,
                                          spie_error *error);
/* For an actor, by the pack of the desk: a moment is looked at only if every kind of fact that its rule may read is in
 * clear for his role and purpose, whatever the dossier holds; the others stand in "moments_non_vus". "oppositions", how
 * many dossiers a decision on the data holds back, is told to the controller alone. The same codes, and those of
 * spie_desk_view. */
SPIE_API spie_status spie_desk_vigilance(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                         const spie_demand *demand, const char *date, const char *known,
                                         const spie_vigilance_options *options, spie_error *error);

/* How long the département takes from the first trace of a person to her first diagnostic, over every dossier:
 * {"mediane", "effectif"}, in days, both null when too few have one (role "case_gardee" of the pack). For a program,
 * which sees all; the output "equite" of a diagnostic stands beside it. */
SPIE_API spie_status spie_store_diagnosis_delay(char **json, size_t *length, spie_store *store, const spie_pack *pack,
                                                const char *date, const char *known, spie_error *error);
/* What came before the paths that broke, by public and age band, for a program, which sees all: {"profils": [{"public",
 * "tranche", "effectif", "suites": [{"rupture", "evenements", "effectif"}], "masques"}], "effectif", "masques",
 * "moments_non_vus"}. Small counts are not told, nor what would tell them (docs/vigilance.md): "masques" counts the
 * persons left out, none or no small number; "effectif" is null when it is small itself. P002: donnees/ruptures.json
 * has not its form; P011: the pack has none. */
SPIE_API spie_status spie_store_breaks(char **json, size_t *length, spie_store *store, const spie_pack *pack,
                                       const char *date, const char *known, spie_error *error);
/* For an actor, by the pack of the desk, from what he sees alone. The same codes, and those of spie_desk_view. */
SPIE_API spie_status spie_desk_breaks(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                      const spie_demand *demand, const char *date, const char *known,
                                      spie_error *error);

/* ---- The shared diagnostic ----
 *
 * What is computed from a dossier for an actor, from the facts that he sees in clear alone; each call writes one entry
 * in the journal of accesses. The pack of the desk gives the questionnaire (donnees/trame.json) and the reading grid
 * (the decision of role "grille"). Beside the record stand "role", null when none could play, and "retenues", as in
 * spie_desk_view. `known` may be NULL: all that is known. E005: there is no such person. P002, P011: the pack has no
 * such questionnaire, or not in this form. R001: as spie_desk_view. */

/* What is known of the person, what to ask, what not to ask again (docs/schemas/resultats/parcours.Questions.json):
 * "connues", "a_revoir", "a_demander", "a_ne_pas_reposer", "sans_objet", "reservees". */
SPIE_API spie_status spie_desk_questions(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                         const spie_demand *demand, const char *person, const char *date,
                                         const char *known, spie_error *error);
/* The shared diagnostic on a day (docs/schemas/resultats/parcours.DiagnosticPartage.json). */
SPIE_API spie_status spie_desk_diagnostic(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                          const spie_demand *demand, const char *person, const char *date,
                                          const char *known, spie_error *error);
/* The road map: what she chose, who does what by when, what was done since
 * (docs/schemas/resultats/parcours.FeuilleDeRoute.json). */
SPIE_API spie_status spie_desk_road_map(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                        const spie_demand *demand, const char *person, const char *date,
                                        const char *known, spie_error *error);

/* ---- The network (docs/reseau.md) ----
 *
 * The pack of the desk gives the rules: it is that of the convention. Each call writes its entry in the journal of
 * accesses; R001, E004, E005: as spie_desk_view. P011: the pack has no such rule. */

/* An act of a relay on each dossier of a professional, whole or refused whole. `request`: {"acte": "relais.demander"
 * unless it is said, "de": "professionnel:…", "effet", "contenu": fields of each event, "personnes": these alone; those
 * whom the actor sees him lead without}. docs/schemas/resultats/reseau.RelaisTous.json: by dossier the acts, or why it
 * was refused. A dossier that the actor may not see leaves no trace, unless he names it: R002 in its place. Nothing is
 * recorded when the demand is wrong for all: Q001 for its form, E001 for a field, Q002 for a relay to oneself, E005 for
 * a professional whom nothing names. */
SPIE_API spie_status spie_desk_relay_all(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                         const spie_demand *demand, const char *request, size_t request_length,
                                         spie_error *error);
/* By when the next appointment is due and where, and what is wrong with those that are fixed, from what the actor sees
 * in clear: docs/schemas/resultats/reseau.RendezVousProposes.json. `request` may be NULL: {"minutes": [{"de", "vers",
 * "minutes"}] between communes, "structures": where she might be received}. Q001: it has not that form. */
SPIE_API spie_status spie_desk_appointments(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                            const spie_demand *demand, const char *person, const char *date,
                                            const char *request, size_t request_length, spie_error *error);
/* What a structure or a professional is on a day: docs/schemas/resultats/reseau.FicheReseau.json. A structure is shown
 * to whoever asks; a professional to himself and to who may "consulter_reseau" (R002). Q001: it is neither. */
SPIE_API spie_status spie_desk_network_record(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                              const spie_demand *demand, const char *subject, const char *date,
                                              spie_error *error);
/* The network over a period, both days included: docs/schemas/resultats/reseau.ComptesReseau.json. Q001: it ends before
 * it begins. R002 unless the pack allows "consulter_reseau". */
SPIE_API spie_status spie_desk_network_counts(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                              const spie_demand *demand, const char *from, const char *to,
                                              spie_error *error);
/* Whom a labelled structure followed back to work, and whether it stopped too soon, of the dossiers that the actor
 * sees: a list of docs/schemas/resultats/reseau.SuiviLabel.json. Q001: it is no structure. */
SPIE_API spie_status spie_desk_labelled(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                        const spie_demand *demand, const char *structure, const char *date,
                                        spie_error *error);
/* What the actor asked of other professionals and was asked, closed ones too when `all` is not 0: a list of
 * docs/schemas/resultats/reseau.SollicitationVue.json. */
SPIE_API spie_status spie_desk_solicitations(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                             const spie_demand *demand, const char *date, int32_t all,
                                             spie_error *error);
/* The questionnaire of satisfaction of a pack: docs/schemas/resultats/reseau.QuestionnaireSatisfaction.json. P002: it
 * has not its form. */
SPIE_API spie_status spie_satisfaction_form(char **json, size_t *length, const spie_pack *pack, spie_error *error);
/* Records answers under the structure and the quarter, without whoever gives them: {"trimestre"}. `request`:
 * {"personne", "structure", "reponses": {question: value}}. Q001: an answer is not of the questionnaire; Q002: nobody
 * of that structure follows her; R002 unless the pack allows "evaluer". */
SPIE_API spie_status spie_desk_satisfaction_answer(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                                   const spie_demand *demand, const char *request,
                                                   size_t request_length, spie_error *error);
/* What may be told of the answers on a day, large enough cells alone, of quarters that are over:
 * docs/schemas/resultats/reseau.Satisfaction.json. R002 unless the pack allows "lire_satisfaction". */
SPIE_API spie_status spie_desk_satisfaction(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                            const spie_demand *demand, const char *date, spie_error *error);

/* ---- Rights: how long a dossier is kept ----
 *
 * The delays, what counts as a contact and the threshold are those of a pack. P011: it gives no rule for it. R003: its
 * donnees/conservation.json has not its form. */

/* The dossiers that are not simply kept on that day, or that of `person` whatever its state: [{"personne",
 * "dernier_contact", "preavis", "fin", "prevenu_le", "etat": "conserve" | "a_prevenir" | "prevenu" | "a_effacer"}].
 * E005: there is no such person. */
SPIE_API spie_status spie_retention_due(char **json, size_t *length, spie_store *store, const spie_pack *pack,
                                        const char *person, const char *date, spie_error *error);
/* Records that the person was told, on the day of the effect of the act. E004: as spie_store_append. E005: there is no
 * such person. */
SPIE_API spie_status spie_retention_warn(spie_store *store, const char *person, const spie_act *act, spie_error *error);

/* Erases what is to be erased on the day of the effect of the act, or that person alone when `person` is not NULL, and
 * records in the same transaction what closed indicators need of it: all of it or nothing. {"personnes": how many,
 * "effacements": as spie_dossier_erase, "figees": the counts of every erasure, this one included: [{"mesure",
 * "trimestre", "tranche", "epci", "public", "effectif"}], "doublons": as spie_retention_doubles, "passeports": what
 * outlives their passports, as spie_passport_outlives, of those that leave a trace}. E004, E005, S005: as
 * spie_dossier_erase, which freezes nothing. */
SPIE_API spie_status spie_retention_erase(char **json, size_t *length, spie_store *store, const spie_pack *pack,
                                          const char *person, const spie_act *act, spie_error *error);
/* The dossiers that erasing these persons (a JSON list of their ids) would leave, though they were proposed as doubles
 * of theirs: [{"efface", "dossier", "raisons"}]. J002: `persons` is no such list. */
SPIE_API spie_status spie_retention_doubles(char **json, size_t *length, spie_store *store, const char *persons,
                                            size_t persons_length, spie_error *error);
/* What was frozen: {"cases": every erasure added up, "gels": one by one, to be kept beside the list of
 * spie_store_erasures: [{"evenement", "cases"}]}. Nobody is named. */
SPIE_API spie_status spie_retention_frozen(char **json, size_t *length, spie_store *store, spie_error *error);
/* In a store restored from a backup, records those of a list as "gels" above that it has not: {"gels": how many}. E004:
 * as spie_store_append. R003: the list has not that form. */
SPIE_API spie_status spie_retention_restore(char **json, size_t *length, spie_store *store, const char *frozen,
                                            size_t frozen_length, const spie_act *act, spie_error *error);

/* ---- The ROME: jobs and skills (docs/rome.md) ----
 *
 * The files of one release of the ROME 4.0, as France Travail names them ("unix_referentiel_competence_v460_utf8.csv"):
 * the caller's, none comes with the library. An entry is of a nature: "macro_savoir_etre", "macro_savoir_faire",
 * "competence", "savoir", "metier" or "appellation". */

/* Reads a release, "v460". Lines that are wrong are refused one by one and told in spie_rome_reading; the call fails
 * when the whole is refused. Only the files of skills, savoirs, métiers, appellations, links and cores are taken, each
 * once; the first is asked for. A001: the release is not so written. I002: a file is of another release, of a content
 * that is not read, given twice, or lacks a column. I003, I004: one cannot be read. I009: one ends inside a line. */
SPIE_API spie_status spie_rome_from_files(spie_rome **rome, const char *version, const spie_file *files,
                                          size_t file_count, spie_error *error);
/* The same, from those of the files of a folder that are of that release. I001: the folder or a file cannot be read. */
SPIE_API spie_status spie_rome_load(spie_rome **rome, const char *folder, const char *version, spie_error *error);
/* Both within `limits`: `bytes` of a file, `list_size`, its entries, `steps`, its lines and their cells, `milliseconds`
 * (NULL: those of docs/c-abi.md; I004). */
SPIE_API spie_status spie_rome_from_files_within(spie_rome **rome, const char *version, const spie_file *files,
                                                 size_t file_count, const spie_limits *limits, spie_error *error);
SPIE_API spie_status spie_rome_load_within(spie_rome **rome, const char *folder, const char *version,
                                           const spie_limits *limits, spie_error *error);
SPIE_API void spie_rome_free(spie_rome *rome);

/* The account of the reading: docs/schemas/resultats/rome.LectureRome.json. No code of its own. */
SPIE_API spie_status spie_rome_reading(char **json, size_t *length, const spie_rome *rome, spie_error *error);
/* The entries of a code, those of a nature alone unless `nature` is NULL, with what they are linked with: a list of
 * docs/schemas/resultats/rome.FicheRome.json, empty when there is none. A001: there is no such nature. */
SPIE_API spie_status spie_rome_find(char **json, size_t *length, const spie_rome *rome, const char *code,
                                    const char *nature, spie_error *error);
/* The entries that hold the words of a text, accents, capitals and plurals apart; at most `limit` of them, of these
 * natures (none: of all), in the order that docs/rome.md gives: docs/schemas/resultats/rome.RechercheRome.json. A001:
 * there is no such nature, the limit is below 0, the text is longer than 4,096 bytes or 32 words. */
SPIE_API spie_status spie_rome_search(char **json, size_t *length, const spie_rome *rome, const char *text,
                                      const char *const *natures, size_t nature_count, int32_t limit,
                                      spie_error *error);
/* What the release says of codes that were written down under another: [code, or {"code", "nature", "libelle",
 * "version"}], what is absent not being compared. docs/schemas/resultats/rome.ComparaisonRome.json. J002: the list has
 * not that form. */
SPIE_API spie_status spie_rome_compare(char **json, size_t *length, const spie_rome *rome, const char *references,
                                       size_t references_length, spie_error *error);

#ifdef __cplusplus
}
#endif

#endif
