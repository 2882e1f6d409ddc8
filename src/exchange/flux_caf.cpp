#include "exchange/flux_caf.hpp"

#include "exchange/controles.hpp"
#include "exchange/foyer_caf.hpp"

namespace spie::exchange {

Rapport FluxCaf::give_up(const XmlFault &fault, bool inside) {
  if (inside && opened_) {
    session_.begin_record();
    session_.end_record(false);
  }
  return session_.give_up(fault.code, "ligne " + std::to_string(fault.line), fault.motif, fault.remede);
}

Rapport FluxCaf::give_up(const Arret &arret) {
  return session_.give_up(arret, session_.record() == 0 ? std::string() : "après " + place());
}

void FluxCaf::open(std::optional<feel::Date> date) {
  if (opened_)
    return;
  if (!date)
    date = given_date_;
  if (!date)
    throw XmlFault{Code::import_format, 0, std::string("la date du flux manque (") + format_.date + ")",
                   "donner la date à laquelle le fichier est vrai (date_fichier)"};
  if (const auto fault = reference_fault(*date, session_.recorded()))
    throw XmlFault{Code::import_format, 0, fault->motif, fault->remede};
  session_.open(*date, nomenclature_);
  opened_ = true;
}

Rapport FluxCaf::nothing_read() {
  return session_.give_up(Code::import_format, "Racine",
                          std::string("le flux n'a ni IdentificationFlux ni ") + format_.record,
                          std::string("vérifier que c'est un flux ") + format_.nom);
}

std::optional<std::string> FluxCaf::key(std::string_view organisme, std::string_view numero, std::string_view matricule,
                                        const std::string &place) {
  auto key = household_key(journal_, format_.source, organisme, numero, matricule);
  if (!key)
    session_.refuse(Code::import_key, place, "Organisme",
                    std::string(organisme) + " " + std::string(numero) + " " + dossier::masked_nir(matricule),
                    "la clé du foyer ne peut être lue : FONORG, NUMORG et MATRICULE",
                    "corriger l'enregistrement à la source, et le renvoyer", true);
  return key;
}

dossier::Sujet FluxCaf::attach(dossier::Releve releve, const std::string &place) {
  if (const auto fault = releve.nir.empty() ? std::nullopt : nir_fault(releve.nir))
    session_.refuse(Code::import_value, place, "NIR", dossier::masked_nir(releve.nir), fault->motif, fault->remede);
  return session_.attach(std::move(releve), place);
}

} // namespace spie::exchange
