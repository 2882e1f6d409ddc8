#include "insertion/passeport/consignation.hpp"

namespace spie::passeport {

void permettre(droits::Guichet &guichet, const droits::Demande &demande, const dossier::Sujet &personne,
               std::string_view droit, std::string_view type, std::string_view etape) {
  droits::Cible target{personne, std::string(type)};
  target.auteur = demande.acteur.id;
  target.etape = etape;
  guichet.autoriser(demande, droit, {target});
}

void essayer(droits::Guichet &guichet, const Pack &pack, const droits::Demande &demande, std::string acte,
             const dossier::Sujet &personne, feel::Date au, feel::Context contenu) {
  contenu.set("empreinte", std::string(64, '0'));
  parcours::DemandeActe asked{std::move(acte), personne, au, std::move(contenu)};
  asked.etabli = true;
  parcours::Bureau(guichet.journal(), guichet, pack, guichet.regles()).essayer(demande, asked);
}

parcours::ActeFait consigner(droits::Guichet &guichet, const Pack &pack, const droits::Demande &demande,
                             std::string acte, const dossier::Sujet &personne, feel::Date au,
                             const feel::Value &contenu) {
  parcours::DemandeActe asked{std::move(acte), personne, au, contenu.context()};
  asked.etabli = true;
  return parcours::Bureau(guichet.journal(), guichet, pack, guichet.regles()).agir(demande, asked);
}

feel::Value badges_dits(const std::vector<BadgeSigne> &badges) {
  feel::List list;
  for (const BadgeSigne &one : badges) {
    feel::Context said{{"id", one.id}, {"empreinte", one.empreinte}};
    if (!one.element.empty())
      said.set("element", one.element);
    list.emplace_back(std::move(said));
  }
  return list;
}

feel::Value statuts_dits(const std::vector<StatutBadge> &statuts) {
  feel::List list;
  for (const StatutBadge &one : statuts) {
    feel::Context said{{"badge", one.badge}, {"liste", one.liste}};
    if (one.index)
      said.set("index", feel::Value(*one.index));
    if (!one.but.empty())
      said.set("but", one.but);
    list.emplace_back(std::move(said));
  }
  return list;
}

} // namespace spie::passeport
