// The schedule: every duty of the convention, who owes it, and whether it is done, due or late at a date.
#pragma once

#include "spie/convention/etat.hpp"
#include "spie/pack/pack.hpp"

#include <optional>
#include <string>
#include <vector>

namespace spie::convention {

struct Echeance {
  std::string id, libelle;
  std::string debiteur; // "porteur", "administration", "parties"
  std::string genre;    // "obligation", "ouverture" (a right that opens), "repere" (a date that comes by itself)
  std::string article;
  std::string recurrence, declencheur, condition; // empty when there is none
  std::optional<feel::Date> date;                 // none: recurrent, or its trigger is not known
  std::optional<feel::Date> fin;                  // of a recurrent duty: the last day it may arise; none: no end is set
  std::optional<feel::Date> faite_le;             // none: not done by the date of the schedule
  // As the pack's role etat_echeance says: "faite", "faite_en_retard", "a_faire", "en_retard", "a_venir", "ouverte",
  // "passee", "recurrente", "en_attente" (of its trigger).
  std::string etat;
  std::vector<std::string> manquants; // facts that would date it
};

struct Echeancier {
  std::string pack_id, pack_version, pack_sha256;
  feel::Date date;
  std::vector<Echeance> echeances; // dated ones first, by date; then the others in the order of the pack
};

// `faits`: a context of facts of the pack (date_signature…). What was done: the fact that the pack names in the duty's
// `fait_accompli`, such as bilan_financier_produit, or, before it, an entry of `echeances_faites`:
// {"premier-versement": "2022-03-20"}. A duty that no fact says done is not done: a schedule errs on the side of
// reminding. An unknown date of signature leaves the duties that hang on it without a date, and the others stand.
// Roles echeancier, etat_echeance, and echeance:ID where a duty is dated by facts. Throws Error: P011 (also for a duty
// without id or genre, or whose `fait_accompli` is no date among the facts), P015 (a fact or a duty that the pack does
// not have), P016, P018.
Echeancier echeancier(const Pack &pack, const feel::Value &faits, feel::Date date, const Options &options = {});
feel::Value to_value(const Echeancier &echeancier);

} // namespace spie::convention
