#include "insertion/convention/money.hpp"
#include "text/csv_text.hpp"

#include "spie/convention/tables.hpp"

namespace spie::convention {

std::string write_csv(const Budget &budget) {
  CsvText csv;
  csv.row({"action", "libelle", "nature", "montant", "source"});
  for (const LigneBudget &line : budget.lignes)
    csv.row({line.action, foreign(line.libelle), line.nature, csv_amount(line.montant), foreign(line.source)});
  csv.row({"", "Total", "", csv_amount(budget.total), ""});
  return std::move(csv).take();
}

std::string write_csv(const Controle &controle) {
  CsvText csv;
  csv.row({"champ", "valeur"});
  csv.row({"annee", std::to_string(controle.annee)});
  csv.row({"final", controle.final ? "oui" : "non"});
  csv.row({"date", controle.date.to_string()});
  csv.row({"verse", csv_amount(controle.verse)});
  csv.row({"cout_realise", csv_amount(controle.cout_realise)});
  csv.row({"verse_annee", csv_amount(controle.verse_annee)});
  csv.row({"cout_annee", csv_amount(controle.cout_annee)});
  csv.row({"conforme", controle.conforme ? "oui" : "non"});
  csv.row({"excedent", csv_amount(controle.excedent)});
  csv.row({"motif", foreign(controle.motif)});
  csv.row({"article", controle.article});
  if (controle.depassement_maximum)
    csv.row({"depassement_maximum", csv_amount(*controle.depassement_maximum)});
  if (!controle.motif_depassement.empty()) {
    csv.row({"motif_depassement", foreign(controle.motif_depassement)});
    csv.row({"article_depassement", controle.article_depassement});
  }
  csv.row({"lignes_refusees", std::to_string(controle.lignes_refusees)});
  csv.row({"versements_refuses", std::to_string(controle.versements_refuses)});
  for (const ParameterUse &use : controle.parametres)
    csv.row({"parametre:" + use.nom, foreign(use.valeur.to_string())});
  return std::move(csv).take();
}

std::string write_csv(const Echeancier &echeancier) {
  CsvText csv;
  csv.row({"id", "libelle", "debiteur", "genre", "article", "date", "faite_le", "etat", "manquants"});
  const auto day = [](const std::optional<feel::Date> &date) { return date ? date->to_string() : std::string(); };
  for (const Echeance &duty : echeancier.echeances) {
    std::string missing;
    for (const std::string &fact : duty.manquants)
      missing += (missing.empty() ? "" : " ") + fact;
    csv.row({duty.id, foreign(duty.libelle), duty.debiteur, duty.genre, duty.article, day(duty.date),
             day(duty.faite_le), duty.etat, missing});
  }
  return std::move(csv).take();
}

} // namespace spie::convention
