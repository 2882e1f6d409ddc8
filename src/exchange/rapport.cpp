#include "spie/exchange/import.hpp"

namespace spie::exchange {

namespace {

feel::List faults(const std::vector<Refus> &list) {
  feel::List result;
  for (const Refus &fault : list)
    result.push_back(feel::Context{{"code", text(fault.code)},
                                   {"enregistrement", fault.enregistrement},
                                   {"portee", fault.portee},
                                   {"place", fault.place},
                                   {"champ", fault.champ},
                                   {"valeur", fault.valeur},
                                   {"motif", fault.motif},
                                   {"remede", fault.remede}});
  return result;
}

feel::List reasons(const std::map<std::string, std::int64_t> &counts) {
  feel::List result;
  for (const auto &[reason, count] : counts)
    result.push_back(feel::Context{{"raison", reason}, {"nombre", count}});
  return result;
}

} // namespace

feel::Value to_value(const Rapport &report) {
  return feel::Context{{"format", report.format},
                       {"fichier", report.fichier},
                       {"document", report.document},
                       {"import", report.import_id},
                       {"date_reference", report.date_reference ? feel::Value(*report.date_reference) : feel::Value()},
                       {"unite", report.unite},
                       {"recus", report.recus},
                       {"lus", report.lus},
                       {"refuses_total", report.refuses_total},
                       {"refuses", faults(report.refuses)},
                       {"fautes", report.fautes},
                       {"avertissements", faults(report.avertissements)},
                       {"avertissements_total", report.avertissements_total},
                       {"evenements", report.evenements},
                       {"faits", report.faits},
                       {"dossiers_nouveaux", report.dossiers_nouveaux},
                       {"dossiers_rattaches", report.dossiers_rattaches},
                       {"doublons_proposes", report.doublons_proposes},
                       {"doublons_par_raison", reasons(report.doublons_par_raison)},
                       {"sur_noms", report.sur_noms},
                       {"absents", report.absents},
                       {"deja_lu", report.deja_lu},
                       {"clos", report.clos},
                       {"tete", feel::Context{{"seq", report.tete.seq}, {"maillon", report.tete.maillon}}}};
}

} // namespace spie::exchange
