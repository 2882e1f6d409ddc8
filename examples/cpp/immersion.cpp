// Is a planned immersion (PMSMP) lawful, beside the one that the person signed before?
//   immersion PACK_FOLDER
// Argument: packs/socle-national
#include <spie/pack/pack.hpp>
#include <spie/parcours/immersion.hpp>

#include <iostream>

using namespace spie;

int main(int count, char **arguments) try {
  if (count != 2) {
    std::cerr << "usage: " << arguments[0] << " PACK_FOLDER\n";
    return 2;
  }
  const auto pack = Pack::load(arguments[1]);
  const auto day = [](const char *text) { return feel::Date::parse(text).value(); };
  parcours::DemandeImmersion demande;
  parcours::ConventionImmersion &prevue = demande.convention;
  prevue.id = "c";
  prevue.structure = "structure:atelier";
  prevue.objet = "decouvrir_metier";
  prevue.objectifs = {"cuisine"};
  prevue.debut = day("2022-09-01");
  prevue.fin = day("2022-09-20");
  parcours::ConventionImmersion avant = prevue;
  avant.id = "b";
  avant.debut = day("2022-02-01");
  avant.fin = day("2022-02-20");
  demande.precedentes = {avant};

  const auto examen = parcours::verifier_immersion(*pack, demande, *prevue.debut);
  std::cout << text(examen.verdict) << '\n';
  for (const auto &motif : examen.motifs)
    std::cout << motif.regle << " (" << motif.article << ") : " << motif.texte << '\n';
  return 0;
} catch (const std::exception &fault) {
  std::cerr << fault.what() << '\n';
  return 1;
}
