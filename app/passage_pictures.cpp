#include "app/passage_pictures.hpp"

namespace fpk::app {
namespace {

constexpr std::size_t most_pixels = 128;

/// Values times volume over the extent of the axes that are not shown: what is summed is then an average.
std::vector<double> as_masses(const law::GridPart& part, const std::vector<double>& values,
                              std::size_t shown) {
  double hidden = 1;
  for (std::size_t a = shown; a < part.grid().dimension(); ++a) hidden *= part.grid().axis(a).length();
  std::vector<double> masses(values.size());
  for (std::size_t c = 0; c < masses.size(); ++c) masses[c] = values[c] * part.volume(c) / hidden;
  return masses;
}

}  // namespace

std::vector<io::FieldPicture> passage_pictures(const law::GridPart& part,
                                               const std::vector<PassageField>& fields) {
  std::vector<io::FieldPicture> pictures;
  for (const auto& f : fields) {
    io::FieldPicture picture{f.title, f.label, {}, {}, {}, false};
    if (part.grid().dimension() == 1) {
      picture.edges = part.grid().axis(0).edges();
      picture.values = law::marginal(part, as_masses(part, f.values, 1), 0);
      for (std::size_t i = 0; i < picture.values.size(); ++i)
        picture.values[i] /= part.grid().axis(0).width(i);
    } else {
      picture.plane = law::plane_marginal(part, as_masses(part, f.values, 2), 0, 1, most_pixels);
    }
    pictures.push_back(std::move(picture));
  }
  return pictures;
}

}  // namespace fpk::app
