#include "rules/pack/content.hpp"

#include <unordered_set>

namespace spie::pack {

std::vector<Article> read_articles(const Reader &root, const std::string &pack) {
  std::vector<Article> articles;
  root.keys({"articles"});
  const Reader list = root.at("articles");
  if (list.value().is_null())
    return articles;
  std::unordered_set<std::string> ids;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Reader item = list.item(i);
    item.keys({"id", "titre", "resume", "place", "sans_regle"});
    Article article{item.text("id"),
                    item.text("titre"),
                    item.text("resume"),
                    item.text("place"),
                    item.text_or_empty("sans_regle"),
                    pack};
    // An annotation cites several articles separated by spaces: an id has none.
    if (article.id.find(' ') != std::string::npos)
      item.at("id").fault("the id '" + article.id + "' holds a space");
    if (!article.id.empty() && !ids.insert(article.id).second)
      item.at("id").fault("the article '" + article.id + "' stands twice", Code::pack_duplicate);
    articles.push_back(std::move(article));
  }
  return articles;
}

} // namespace spie::pack
