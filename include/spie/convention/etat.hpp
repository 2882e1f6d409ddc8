// The statement of expenses and the control of article 8. The pack decides: verdicts, cap, shares and
// thresholds are its decisions, called by role; the library sorts, sums and cuts.
#pragma once

#include "spie/convention/budget.hpp"
#include "spie/convention/registre.hpp"
#include "spie/pack/pack.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::convention {

// The value of a parameter as a command line writes it ("cout_reel", "0.15", "2023-12-31", "P15D"), in the type that
// the pack gives it. Throws Error: P015 when the pack has no such parameter, P009 when the text is not of its type or
// not one of its readings.
std::pair<std::string, feel::Value> parse_parametre(const Pack &pack, std::string_view name, std::string_view text);

struct LigneEtat {
  Depense depense;
  std::string verdict;               // "retenue", "ecartee", "indetermine"
  std::string motif, article;        // as the pack words them; the article is an id
  bool dans_la_periode = false;      // counts in cout_total (article 2)
  bool frais_plafonnes = false;      // falls under the cap of general and mission costs (article 4.2, alinéa 2)
  feel::Number retenu;               // euros; below montant when the cap cuts the line; zero unless retained
  feel::Number depassement;          // euros of this line above the cap
  std::vector<std::string> drapeaux; // "impayee", "paiement_avant_depense", "piece_manquante"…
};

// montant = retenu + ecarte + indetermine, over the lines of the statement. Euros.
struct Total {
  std::string code, libelle;          // of the action or of the nature
  std::optional<feel::Number> budget; // annexe C gives amounts by action, none by nature
  std::optional<feel::Number> ecart;  // budget − cout_total: below zero when the budget is exceeded
  bool depasse = false;               // it is
  feel::Number montant;
  feel::Number cout_total; // lines inside the period
  feel::Number retenu, ecarte, indetermine;
  std::size_t lignes = 0;
};

// What the facts given leave open: the field of the statement and the facts that it lacks.
struct Manque {
  std::string champ;
  std::vector<std::string> faits;
};

// The statement under another reading of the text, all else equal.
struct AutreLecture {
  std::string parametre;
  feel::Value valeur, autre;                    // what the statement takes, what it would take
  std::optional<feel::Number> part_etat, solde; // euros; none where that reading lacks a fact or is in error
};

// Why a field of the statement is what it is, in the pack's words: role motif:CHAMP.
struct Motif {
  std::string champ;          // "part_etat"
  std::string motif, article; // the article is an id
};

// Amounts in euros, to the cent. Decisions of meaning: docs/convention-argent.md.
struct EtatDesDepenses {
  std::string pack_id, pack_version, pack_sha256;
  feel::Date date;
  std::vector<ParameterUse> parametres; // that the statement rests on, by name

  feel::Number cout_total;          // lines inside the period, eligible or not
  feel::Number depenses_eligibles;  // sum of `retenu`, gross of co-financing
  feel::Number montant_indetermine; // undecided lines
  feel::Number montant_ecarte;      // the rest: total of the lines − the two above
  feel::Number frais_generaux;      // eligible general and mission costs before the cap
  feel::Number plafond_frais_generaux;
  feel::Number frais_generaux_ecartes; // the excess over the cap
  feel::Number autres_subventions_etat;
  feel::Number part_etat; // article 4.1, article 3.5
  feel::Number autofinancement;
  std::optional<bool> autofinancement_suffisant; // article 3.5: none when the pack has no such decision
  feel::Number verse;                            // payments less repayments, dated up to the date
  feel::Number rembourse;                        // the repayments, which `verse` is less
  feel::Number solde;
  std::optional<bool> solde_exigible; // none: the facts do not say; see `manques`
  feel::Number trop_percu;
  std::optional<bool> trop_percu_exigible;       // "
  std::optional<feel::Number> premier_versement; // article 6, alinéa 1; for the record

  std::vector<LigneEtat> lignes; // by date, then id: dated up to the date
  std::vector<Total> par_action; // in the order of the budget, then of the pack
  std::vector<Total> par_nature; // in the order of the pack
  Total total;                   // of the lines; its budget is that of annexe C
  std::vector<Manque> manques;
  std::vector<AutreLecture> autres_lectures; // of each parameter that has readings and that a decision reads, by name
  std::vector<Motif> motifs;
  std::vector<Diagnostic> constats;       // what does not add up in the budget
  std::vector<Refus> refus;               // of the ledger, then of the payments, as they were read
  std::size_t fautes_non_detaillees = 0;  // faults beyond these
  std::vector<Diagnostic> avertissements; // of both readings
  std::size_t lignes_posterieures = 0;    // of the ledger, dated after the date: left out
  std::size_t versements_posterieurs = 0; // "
  std::size_t lignes_refusees = 0;        // when the ledger was read: they are in no amount
  std::size_t versements_refuses = 0;     // when the payments were read: "
};

// `faits`: a context of facts of the pack (bilan_financier_produit…); `echeances_faites` is for the schedule, and let
// pass. Throws Error: P011 the pack lacks a role, P015 a fact that it does not read or that the statement computes
// itself, P016, P018, and what the evaluation of a decision that is in error gives: no statement rests on it.
// Roles: verdict_depense, dans_la_periode, part_etat, autofinancement, solde, trop_percu; and when the pack gives them
// frais_plafonnes, plafond_frais and verdict_plafond (together), autre_subvention_etat, drapeaux_depense,
// autofinancement_suffisant, premier_versement, solde_exigible, trop_percu_exigible; motif:part_etat and the like give
// {motif, article}, or null when there is nothing to say.
EtatDesDepenses etat_des_depenses(const Pack &pack, const Registre &registre, const Versements &versements,
                                  const feel::Value &faits, feel::Date date, const Options &options = {});

// docs/schemas/resultats/convention.EtatDesDepenses.json: amounts are texts with two decimals, dates ISO texts, what is
// open null.
feel::Value to_value(const EtatDesDepenses &etat);

enum class Tableau : std::uint8_t { lignes, totaux };
// UTF-8, CRLF, separator ;, amounts as 1234,50: what a French spreadsheet opens. A text that a spreadsheet would run as
// a formula (= + - @) gets an apostrophe in front.
std::string write_csv(const EtatDesDepenses &etat, Tableau tableau = Tableau::lignes);

// Article 8, alinéa 1: each year, that what was paid does not exceed the cost. Amounts in euros, since the beginning of
// the convention; beside them, those since the control of the year before.
struct Controle {
  std::string pack_id, pack_version, pack_sha256;
  int annee = 0;
  bool final = false;     // of the whole convention, at its end
  feel::Date date;        // the day that the pack gives for the year, or for the end
  bool a_l_issue = false; // the convention has ended by then
  feel::Number verse, cout_realise;
  feel::Number verse_annee, cout_annee;
  bool conforme = false;
  feel::Number excedent; // of what was paid over the cost
  std::string motif, article;
  // Of what was paid over the maximum of the convention, which article 8 does not look at: said even when `conforme`.
  // Nothing when the pack gives no role depassement_maximum.
  std::optional<feel::Number> depassement_maximum;
  std::string motif_depassement, article_depassement; // empty when there is none
  std::vector<ParameterUse> parametres;               // given another value, by name
  std::size_t lignes_refusees = 0; // when the files were read: they are in no amount, the answer is without them
  std::size_t versements_refuses = 0;
};

// Roles date_controle, controle_annuel and dans_la_periode; depassement_maximum where the pack gives it. Throws Error
// as etat_des_depenses, and A001 for a year outside the convention.
Controle controle(const Pack &pack, const Registre &registre, const Versements &versements, int annee,
                  const Options &options = {});
// The control at the end of the convention: role date_controle_final in the place of date_controle.
Controle controle_final(const Pack &pack, const Registre &registre, const Versements &versements,
                        const Options &options = {});
feel::Value to_value(const Controle &controle);

} // namespace spie::convention
