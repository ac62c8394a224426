// VTK series for ParaView: the density on its grid, and some of the particles.
//
//   out/<case>/density.pvd   -> density/density_0000.vti ...  (on several processes .pvti with a piece for
//   each) out/<case>/particles.pvd -> particles/particles_0000.vtp ... out/<case>/view.py         opens both
//   in ParaView
//
// Binary (not "appended") with zlib: Debian's ParaView 5.11 cannot read VTK's appended data.
#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "law/grid.hpp"
#include "parallel/archive.hpp"

namespace fpk::io {

/// A field on the cells of a part: components interleaved (x0 y0 x1 y1 ...): 1, 3, or 9 for a tensor
/// row by row.
struct CellField {
  std::string name;
  std::size_t components = 1;
  std::vector<double> values;  ///< size() * components
};

/// Writes the fields as `stem`.vti (uniform grids) or .vtr (graded) into `folder`, which it makes; on several processes as
/// pieces and a .pvti or .pvtr that names them. Returns the file to open. Collective. Throws OutputError.
std::string write_vtk_fields(const std::filesystem::path& folder, const std::string& stem,
                             const law::GridPart& part, const std::vector<CellField>& fields);

/// Takes fields, to write them. Collective; empty where nobody wants them.
using TakeFields = std::function<void(const law::GridPart&, const std::vector<CellField>&)>;

class VtkSeries {
 public:
  /// Makes `folder`, and forgets an older series in it unless it is to be gone on with: then archive() follows. Collective.
  VtkSeries(std::filesystem::path folder, const law::GridPart& part, bool go_on = false);

  /// Saves or restores how far the series are. Restoring forgets what is later: the .pvd files are rewritten, and files
  /// that they no longer name removed. Throws OutputError where a file that they name is gone. Collective.
  void archive(parallel::Archive& archive);

  /// One .vti (uniform grids) or .vtr (graded) with `fields`, and an entry in density.pvd. Collective.
  void add_density(double time, const std::vector<CellField>& fields);

  /// One .vtp with the points and a scalar for each; an entry in particles.pvd. Written by the root process.
  void add_particles(double time, const std::vector<std::array<double, 3>>& points,
                     const std::vector<double>& ids);

  /// view.py, with sensible colours and relative paths; shows the first scalar field of add_density. `title`
  /// is shown in the view.
  void write_view(const std::string& title) const;

 private:
  using Entries = std::vector<std::pair<double, std::string>>;  ///< time and file
  void write_collection(const std::string& name, const Entries& entries) const;
  void rewind(const std::string& name, const Entries& entries) const;
  std::filesystem::path folder_;
  law::GridPart part_;
  Entries densities_, particles_;
  std::string coloured_by_ = "density";  ///< the first scalar field: what view.py shows
};

}  // namespace fpk::io
