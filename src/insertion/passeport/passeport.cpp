#include "spie/passeport/passeport.hpp"

#include "insertion/passeport/lecture.hpp"
#include "insertion/passeport/records.hpp"

namespace spie::passeport {

Passeport passeport(droits::Guichet &guichet, const droits::Droits &droits, const droits::Demande &demande,
                    const dossier::Sujet &personne, feel::Date au) {
  droits::VueClaire view = guichet.voir_clair(demande, personne, au, {}, "passeport");
  Passeport made{view.situation.sujet.to_string(), au, view.role, {}, {}, {}, {}, {}, std::move(view.retenues), {}};
  const Paroles said(guichet, droits, demande, personne, au);
  Lus read = elements(said);
  made.elements = std::move(read.tenus);
  made.retires = std::move(read.retires);
  made.badges = badges_delivres(said.choses("badge_delivre"));
  made.partages = partages(said, au);
  made.emportes = remises(said.choses("remise_passeport"), {});
  made.recommandations = recommandations(said);
  return made;
}

feel::Value to_value(const Passeport &passeport) {
  feel::Context value = record::to_context(passeport);
  value.set("retenues", droits::to_value(passeport.retenues));
  return value;
}

} // namespace spie::passeport
