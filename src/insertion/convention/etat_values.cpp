// The statement and the control as data, and as the two tables of a spreadsheet.
#include "insertion/convention/money.hpp"
#include "insertion/convention/records.hpp"
#include "text/csv_text.hpp"

#include "spie/convention/etat.hpp"

namespace spie::convention {

namespace {

std::string amount(const feel::Number &euros_) { return csv_amount(euros_); }
std::string amount(const std::optional<feel::Number> &euros_) { return euros_ ? amount(*euros_) : std::string(); }
std::string yes_or_no(const std::optional<bool> &boolean) {
  return !boolean ? "indéterminé" : *boolean ? "oui" : "non";
}

void write_lines(const EtatDesDepenses &etat, CsvText &csv) {
  csv.row({"id", "date", "action", "nature", "libelle", "fournisseur", "montant", "verdict", "retenu", "depassement",
           "motif", "article", "drapeaux", "date_paiement", "piece", "cofinancement", "montant_cofinance"});
  for (const LigneEtat &line : etat.lignes) {
    const Depense &expense = line.depense;
    std::string flags;
    for (const std::string &flag : line.drapeaux)
      flags += (flags.empty() ? "" : " ") + flag;
    csv.row({foreign(expense.id), expense.date.to_string(), expense.action, expense.nature, foreign(expense.libelle),
             foreign(expense.fournisseur), amount(expense.montant), line.verdict, amount(line.retenu),
             amount(line.depassement), line.motif, line.article, flags,
             expense.date_paiement ? expense.date_paiement->to_string() : std::string(), foreign(expense.piece),
             expense.cofinancement, amount(expense.montant_cofinance)});
  }
}

void write_totals(const EtatDesDepenses &etat, CsvText &csv) {
  csv.row({"rubrique", "code", "libelle", "lignes", "budget", "cout_total", "ecart", "montant", "retenu", "ecarte",
           "indetermine"});
  const auto row = [&](const std::string &heading, const Total &total) {
    csv.row({heading, total.code, foreign(total.libelle), std::to_string(total.lignes), amount(total.budget),
             amount(total.cout_total), amount(total.ecart), amount(total.montant), amount(total.retenu),
             amount(total.ecarte), amount(total.indetermine)});
  };
  for (const Total &total : etat.par_action)
    row("action", total);
  for (const Total &total : etat.par_nature)
    row("nature", total);
  row("total", etat.total);
  const auto sum = [&](const std::string &code, const std::string &label, const std::string &value) {
    csv.row({"synthese", code, label, "", "", "", "", value, "", "", ""});
  };
  sum("date", "Arrêté au", etat.date.to_string());
  sum("cout_total", "Coût total du projet sur la période", amount(etat.cout_total));
  sum("depenses_eligibles", "Dépenses éligibles", amount(etat.depenses_eligibles));
  sum("montant_indetermine", "Dépenses indéterminées", amount(etat.montant_indetermine));
  sum("montant_ecarte", "Dépenses écartées", amount(etat.montant_ecarte));
  sum("frais_generaux", "Frais généraux et de mission éligibles", amount(etat.frais_generaux));
  sum("plafond_frais_generaux", "Plafond de ces frais", amount(etat.plafond_frais_generaux));
  sum("frais_generaux_ecartes", "Frais au-dessus du plafond", amount(etat.frais_generaux_ecartes));
  sum("autres_subventions_etat", "Autres subventions de l'État", amount(etat.autres_subventions_etat));
  sum("part_etat", "Part de l'État", amount(etat.part_etat));
  sum("autofinancement", "Autofinancement", amount(etat.autofinancement));
  sum("autofinancement_suffisant", "Autofinancement suffisant", yes_or_no(etat.autofinancement_suffisant));
  sum("verse", "Versé, remboursements déduits", amount(etat.verse));
  sum("rembourse", "Remboursé", amount(etat.rembourse));
  sum("solde", "Solde", amount(etat.solde));
  sum("solde_exigible", "Solde exigible", yes_or_no(etat.solde_exigible));
  sum("trop_percu", "Trop-perçu", amount(etat.trop_percu));
  sum("trop_percu_exigible", "Trop-perçu exigible", yes_or_no(etat.trop_percu_exigible));
  sum("lignes_refusees", "Lignes refusées à la lecture", std::to_string(etat.lignes_refusees));
  sum("versements_refuses", "Versements refusés à la lecture", std::to_string(etat.versements_refuses));
  for (const AutreLecture &reading : etat.autres_lectures) {
    const std::string other = reading.parametre + "=" + reading.autre.to_string();
    sum("part_etat:" + other, "Part de l'État si " + other, amount(reading.part_etat));
    sum("solde:" + other, "Solde si " + other, amount(reading.solde));
  }
}

} // namespace

feel::Value to_value(const EtatDesDepenses &etat) { return record::to_context(etat); }

std::string write_csv(const EtatDesDepenses &etat, Tableau tableau) {
  CsvText csv;
  if (tableau == Tableau::lignes)
    write_lines(etat, csv);
  else
    write_totals(etat, csv);
  return std::move(csv).take();
}

feel::Value to_value(const Controle &controle) { return record::to_context(controle); }

} // namespace spie::convention
