// Budget, control and schedule as CSV, for those who open them in a spreadsheet; the statement's stand in etat.hpp,
// with what they have in common: UTF-8, CRLF, separator ;, amounts as 1234,50, no text that a spreadsheet would run.
#pragma once

#include "spie/convention/budget.hpp"
#include "spie/convention/echeancier.hpp"
#include "spie/convention/etat.hpp"

#include <string>

namespace spie::convention {

// action;libelle;nature;montant;source: a line of the budget a record, then one with the total.
std::string write_csv(const Budget &budget);
// champ;valeur: a field of the control a record.
std::string write_csv(const Controle &controle);
// id;libelle;debiteur;genre;article;date;faite_le;etat;manquants: a duty a record, in the order of the schedule.
std::string write_csv(const Echeancier &echeancier);

} // namespace spie::convention
